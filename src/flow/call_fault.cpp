#include "flow/call_fault.hpp"

#include <string>

namespace redrive::flow {
namespace {

call_fault fault_of(service_errc value, const diagnostics& why) noexcept {
    switch (value) {
    case service_errc::throttled: return call_fault::throttled;
    case service_errc::resource_not_found:
    case service_errc::queue_not_found: return call_fault::no_such_thing;
    case service_errc::task_not_active: return call_fault::not_active;
    case service_errc::invalid_parameter:
        // Recorded on AWS: "Value for parameter TaskHandle is invalid."
        return why.message.find("TaskHandle is invalid") != std::string::npos
                   ? call_fault::junk
                   : call_fault::rejected;
    case service_errc::unsupported: return call_fault::rejected;
    case service_errc::access_denied:
    case service_errc::invalid_credentials:
    case service_errc::expired_credentials:
    case service_errc::clock_skew:
    case service_errc::not_enabled: return call_fault::denied;
    case service_errc::unrecognised:
        return why.http_status < 500 ? call_fault::rejected : call_fault::useless;
    case service_errc::internal: return call_fault::useless;
    }
    return call_fault::useless;
}

call_fault fault_of(client_errc value) noexcept {
    switch (value) {
    case client_errc::invalid_argument:
    case client_errc::no_region: return call_fault::junk;
    case client_errc::bad_configuration:
    case client_errc::no_credentials:
    case client_errc::credentials_failed: return call_fault::denied;
    case client_errc::reply_malformed:
    case client_errc::reply_too_large: return call_fault::useless;
    case client_errc::deadline_exceeded:
    case client_errc::client_closed:
    case client_errc::bad_ca_bundle:
    case client_errc::resolve_failed:
    case client_errc::connect_failed:
    case client_errc::connect_timeout:
    case client_errc::tls_failed:
    case client_errc::certificate_rejected:
    case client_errc::tls_timeout:
    case client_errc::proxy_failed:
    case client_errc::proxy_refused:
    case client_errc::connection_lost:
    case client_errc::read_timeout:
    case client_errc::queue_full:
    case client_errc::undecided: return call_fault::unreachable;
    }
    return call_fault::unreachable;
}

} // namespace

call_fault call_fault_of(error_code ec, const diagnostics& why) noexcept {
    if (ec.category() == service_category()) {
        return fault_of(static_cast<service_errc>(ec.value()), why);
    }
    if (ec.category() == client_category()) return fault_of(static_cast<client_errc>(ec.value()));
    return call_fault::unreachable;
}

} // namespace redrive::flow
