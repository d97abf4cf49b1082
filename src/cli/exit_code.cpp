#include "cli/exit_code.hpp"

#include <boost/asio/error.hpp>

namespace redrive::cli {
namespace {

int badness(exit_code code) noexcept {
    switch (code) {
    case exit_code::ok: return 0;
    case exit_code::not_confirmed: return 1;
    case exit_code::unavailable: return 2;
    case exit_code::denied: return 3;
    case exit_code::declined: return 4;
    case exit_code::usage: return 5;
    case exit_code::interrupted: return 6;
    }
    return 1;
}

exit_code code_of(unsearched_part::cause cause) noexcept {
    switch (cause) {
    case unsearched_part::cause::denied: return exit_code::denied;
    case unsearched_part::cause::throttled:
    case unsearched_part::cause::unreachable: return exit_code::unavailable;
    case unsearched_part::cause::not_enabled: return exit_code::ok;
    case unsearched_part::cause::other: return exit_code::not_confirmed;
    }
    return exit_code::not_confirmed;
}

// `accepted` is left out: it depends on whether proof was asked for.
exit_code code_of(outcome value) noexcept {
    switch (value) {
    case outcome::stopped:
    case outcome::already_finished:
    case outcome::not_running:
    case outcome::accepted: return exit_code::ok;
    case outcome::not_found:
    case outcome::invalid:
    case outcome::skipped:
    case outcome::unknown: return exit_code::not_confirmed;
    case outcome::denied: return exit_code::denied;
    case outcome::throttled:
    case outcome::unreachable: return exit_code::unavailable;
    }
    return exit_code::not_confirmed;
}

// A handle that the service itself calls invalid was sent: that is no mistake of usage.
bool has_no_valid_target(const stop_report& report) noexcept {
    if (report.targets == 0) return !report.search;
    return report.count(outcome::invalid) == report.targets && !report.first_order;
}

exit_code code_of_accepted(const stop_report& report, stop_options::proof proof) noexcept {
    if (proof == stop_options::proof::order_only) return exit_code::ok;
    if (report.accepted_unproven_denied > 0) return exit_code::denied;
    return report.count(outcome::accepted) > 0 ? exit_code::not_confirmed : exit_code::ok;
}

} // namespace

exit_code worse(exit_code a, exit_code b) noexcept {
    return badness(a) < badness(b) ? b : a;
}

exit_code code_of_stop(const stop_report& report, stop_options::proof proof) noexcept {
    if (report.interrupted) return exit_code::interrupted;
    if (has_no_valid_target(report)) return exit_code::usage;
    auto code = code_of_accepted(report, proof);
    for (std::size_t i = 0; i < report.counts.size(); ++i)
        if (report.counts[i] > 0) code = worse(code, code_of(static_cast<outcome>(i)));
    return report.search ? worse(code, code_of_search(*report.search)) : code;
}

exit_code code_of_verify(const stop_report& report) noexcept {
    if (report.interrupted) return exit_code::interrupted;
    if (has_no_valid_target(report)) return exit_code::usage;
    const auto over = report.count(outcome::stopped) + report.count(outcome::already_finished) +
                      report.count(outcome::not_running);
    return over == report.targets ? exit_code::ok : exit_code::not_confirmed;
}

exit_code code_of_search(const find_report& report) noexcept {
    auto code = report.unsearched_count > 0 ? exit_code::not_confirmed : exit_code::ok;
    for (const auto& part : report.unsearched)
        code = worse(code, code_of(part.why));
    return code;
}

exit_code code_of_failure(error_code ec) noexcept {
    if (ec == boost::asio::error::operation_aborted) return exit_code::interrupted;
    const bool is_denied =
        ec == client_errc::no_credentials || ec == client_errc::credentials_failed ||
        ec == service_errc::access_denied || ec == service_errc::invalid_credentials ||
        ec == service_errc::expired_credentials;
    return is_denied ? exit_code::denied : exit_code::usage;
}

} // namespace redrive::cli
