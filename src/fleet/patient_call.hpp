#pragma once

#include <boost/asio/awaitable.hpp>

#include <utility>

#include "fleet/cell.hpp"
#include "fleet/run_control.hpp"
#include "flow/call_fault.hpp"
#include "flow/retry.hpp"

namespace redrive::detail {

// Whether a call that failed is worth another try within the run.
enum class try_again : std::uint8_t {
    no,
    after_admission, // throttled: the gate knows when
    after_pause,
};

[[nodiscard]] inline try_again worth_another(const error_code& ec,
                                             const diagnostics& info,
                                             std::uint32_t failures) {
    static constexpr std::uint32_t most_useless_answers = 5;
    switch (flow::call_fault_of(ec, info)) {
    case flow::call_fault::throttled: return try_again::after_admission;
    case flow::call_fault::unreachable: return try_again::after_pause;
    case flow::call_fault::useless:
        return failures < most_useless_answers ? try_again::after_pause : try_again::no;
    case flow::call_fault::denied:
    case flow::call_fault::no_such_thing:
    case flow::call_fault::not_active:
    case flow::call_fault::junk:
    case flow::call_fault::rejected: return try_again::no;
    }
    return try_again::no;
}

// Why a call was not even sent when the run's deadline passed.
[[nodiscard]] inline error_code why_late(const cell& where, flow::call_purpose why) {
    if (where.is_throttled(why)) return service_errc::throttled;
    return client_errc::deadline_exceeded;
}

template <class Result>
struct patient_result {
    error_code ec;
    Result value;
    flow::patience::verdict patience = flow::patience::verdict::go_on; // why it ended, if so
    bool run_ended = false;
};

// Makes a call until it is decided: `make()` returns an awaitable of tuple<error_code, Result> for
// one attempt. Ends with the last error when the run ends or patience is at its end.
template <class Result, class MakeCall>
asio::awaitable<patient_result<Result>> call_patiently(
    errand& work, cell& where, flow::call_purpose why, double random, MakeCall make) {
    patient_result<Result> out;
    out.ec = asio::error::operation_aborted;
    const auto since = work.run().time()->now();
    for (std::uint32_t failures = 0;;) {
        const bool admitted = co_await work.admit(where, why, 0);
        if (!admitted) break;
        auto reply = co_await make();
        out.ec = std::get<0>(reply);
        out.value = std::move(std::get<1>(reply));
        where.finished(why, out.ec);
        if (!out.ec) co_return out;
        const auto next = worth_another(out.ec, out.value.info, ++failures);
        if (next == try_again::no) co_return out;
        if (work.run().ending()) break;
        out.patience =
            work.run().has_deadline() ? flow::patience::verdict::go_on : where.judge(why, since);
        if (out.patience != flow::patience::verdict::go_on) co_return out;
        if (next == try_again::after_pause) {
            const auto pause = flow::backoff_delay(flow::retry_version::v2_1,
                                                   flow::retry_class::transient,
                                                   std::min(failures, 7u),
                                                   0.5 + random / 2,
                                                   std::nullopt);
            co_await work.pause_until(work.run().time()->now() + pause);
        }
    }
    out.run_ended = true;
    if (out.ec == asio::error::operation_aborted &&
        work.run().now_is() == run_control::state::expired)
        out.ec = why_late(where, why);
    co_return out;
}

} // namespace redrive::detail
