#include "flow/stop_hint.hpp"

namespace redrive::flow {
namespace {

std::string_view unreachable_hint(error_code ec) noexcept {
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

std::string_view denied_hint(error_code ec) noexcept {
    if (ec == service_errc::expired_credentials)
        return "expired credentials: sign in again, then repeat the run";
    if (ec == service_errc::invalid_credentials)
        return "invalid credentials: check the access key and its secret with "
               "`aws sts get-caller-identity`";
    if (ec == service_errc::clock_skew)
        return "the local clock is too far from the service's: set it, then repeat the run";
    if (ec == service_errc::not_enabled)
        return "the region is not enabled for this account: enable it, or leave the region out";
    if (ec == service_errc::access_denied)
        return "access denied: allow sqs:CancelMessageMoveTask, sqs:ListMessageMoveTasks, "
               "sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes on the queue, and "
               "kms:Decrypt when it is encrypted";
    return "no usable credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or choose a "
           "profile";
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

std::string_view gave_up_hint(outcome why, error_code ec) noexcept {
    if (why == outcome::denied) return denied_hint(ec);
    if (why == outcome::throttled)
        return "the service admitted no call in time, the redrive may go on: repeat the run";
    if (why == outcome::unreachable) return unreachable_hint(ec);
    if (why == outcome::unknown) return "nothing was proven, the redrive may go on: repeat the run";
    return {};
}

} // namespace redrive::flow
