#include "client/call_report.hpp"

#include <boost/asio/error.hpp>

#include <utility>

namespace redrive::detail {
namespace {

// Only a proxy says so (RFC 9110 section 15.5.8).
bool is_from_proxy(const call& one) noexcept {
    return one.status() == 407;
}

std::string bounded(const std::string& text) {
    return text.substr(0, diagnostics::longest_message);
}

} // namespace

error_code error_of(call::ending how, const call& one) {
    switch (how) {
    case call::ending::answered: return {};
    case call::ending::refused:
        return is_from_proxy(one) ? make_error_code(client_errc::proxy_refused)
                                  : one.error().meaning;
    case call::ending::unreadable: return client_errc::reply_malformed;
    case call::ending::lost: return one.loss().ec;
    case call::ending::full: return client_errc::queue_full;
    case call::ending::withdrawn: return boost::asio::error::operation_aborted;
    }
    return client_errc::reply_malformed;
}

flow::attempt_result result_of(call::ending how, const call& one) {
    flow::attempt_result out;
    out.status = one.status();
    if (how == call::ending::refused) {
        out.type_code = one.error().type_code;
        out.legacy_code = one.error().code;
        out.clock_skewed = one.clock_skewed();
    } else if (how == call::ending::lost) {
        out.transport = flow::failure_of(one.loss().ec);
    }
    return out;
}

void record(call::ending how, call& one, std::uint32_t attempt, diagnostics& info) {
    info.attempts = attempt;
    info.resent = one.free_resends();
    info.maybe_applied |= one.maybe_applied();
    info.http_status = one.status();
    info.code.clear();
    info.type_code.clear();
    info.message.clear();
    info.phase = call_phase::none;
    info.sender_fault = true;
    if (!one.request_id().empty()) {
        one.swap_request_id(info.request_id);
        if (info.request_id.size() > diagnostics::longest_message)
            info.request_id.resize(diagnostics::longest_message);
    }
    switch (how) {
    case call::ending::answered: break;
    case call::ending::withdrawn: info.phase = one.withdrawn_in(); break;
    case call::ending::refused:
        if (is_from_proxy(one)) {
            info.phase = call_phase::proxy;
            info.message = "the proxy wants another user and password in its URL (407)";
            break;
        }
        info.phase = call_phase::service;
        info.code = one.error().code;
        info.type_code = one.error().type_code;
        info.message = one.error().message;
        info.sender_fault = one.error().fault != wire::error_fault::receiver;
        // A throttled call was not admitted, whatever its status.
        if (one.status() >= 500 && one.error().meaning != service_errc::throttled)
            info.maybe_applied = true;
        break;
    case call::ending::unreadable:
        info.phase = call_phase::parse;
        info.message = "the reply's body is not the JSON that was expected";
        info.maybe_applied = true;
        break;
    case call::ending::lost:
        info.phase = one.loss().phase;
        info.message = bounded(one.loss().detail);
        break;
    case call::ending::full: info.phase = call_phase::pool; break;
    }
}

} // namespace redrive::detail
