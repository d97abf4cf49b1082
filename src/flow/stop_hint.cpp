#include "flow/stop_hint.hpp"

#include "flow/credentials_hint.hpp"
#include "flow/denied_action.hpp"

namespace redrive::flow {
namespace {

std::string_view unreachable_hint(error_code ec, call_phase phase) noexcept {
    if (phase == call_phase::credentials)
        return "where the credentials come from did not answer in time, nothing was sent: check "
               "the network, or choose another profile, then repeat the run";
    if (ec == client_errc::certificate_rejected)
        return "the server's certificate is not trusted: name its CA with --ca-bundle or "
               "AWS_CA_BUNDLE; nothing was sent";
    if (ec == client_errc::resolve_failed)
        return "the endpoint's name cannot be resolved: check the region, --endpoint-url and the "
               "DNS";
    if (ec == client_errc::proxy_failed || ec == client_errc::proxy_refused)
        return "the proxy did not open the way, nothing was sent: check HTTPS_PROXY and NO_PROXY";
    if (ec == client_errc::connect_failed || ec == client_errc::connect_timeout)
        return "nothing answers at the endpoint: check --endpoint-url, the network and the proxy";
    return "the endpoint did not answer, the redrive may go on: check the network, then repeat the "
           "run";
}

} // namespace

std::string permission_hint(const diagnostics& why,
                            const permission_need& need,
                            std::string_view who) {
    const auto refused = denied_action_of(why);
    const bool about_keys = refused.name.starts_with("kms:");
    std::string out = "access denied: ";
    if (refused.is_explicit) {
        out.append("a policy that the message names denies ").append(refused.name);
        out.append(", which no other policy can allow: change that one");
    } else {
        out += who.empty() ? "allow " : "give " + std::string{who} + " ";
        out += refused.name.empty() ? need.candidates : refused.name;
    }
    out.append("; `redrive iam-policy --for ").append(need.verb);
    out += about_keys ? " --kms`" : "`";
    return out += " prints all that is needed";
}

std::string denied_hint(error_code ec, const diagnostics& why, const permission_need& need) {
    if (ec == service_errc::access_denied) return permission_hint(why, need);
    if (ec == service_errc::clock_skew)
        return "the local clock is too far from the service's: set it, then repeat the run";
    if (ec == service_errc::not_enabled)
        return "the region is not enabled for this account: enable it, or leave the region out";
    if (ec == client_errc::bad_configuration)
        return "a setting cannot be used: correct it, then repeat the run";
    return credentials_hint(ec, why);
}

std::string proof_denied_hint(error_code ec, const diagnostics& why) {
    return "the order was taken, but nothing proves the stop; " +
           denied_hint(ec, why, need::to_prove) + "; then verify";
}

std::string_view unproven_hint(const task_status& status) noexcept {
    switch (status.value()) {
    case task_status::kind::running: return "the task is still RUNNING: cancel it";
    case task_status::kind::cancelling:
        return "the task is still CANCELLING, so messages may still move: verify it again later";
    case task_status::kind::cancelled:
    case task_status::kind::completed:
    case task_status::kind::failed:
    case task_status::kind::other: break;
    }
    return "not proven in time, the redrive may go on: verify it again";
}

std::string gave_up_hint(outcome why,
                         error_code ec,
                         const diagnostics& last,
                         const permission_need& need) {
    if (why == outcome::denied) return denied_hint(ec, last, need);
    if (why == outcome::throttled)
        return "the service admitted no call in time, the redrive may go on: repeat the run";
    if (why == outcome::unreachable) return std::string{unreachable_hint(ec, last.phase)};
    if (why == outcome::unknown) return "nothing was proven, the redrive may go on: repeat the run";
    return {};
}

} // namespace redrive::flow
