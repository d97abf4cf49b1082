#include "redrive/errors.hpp"

#include <string>

namespace redrive {
namespace {

std::string_view text_of(client_errc value) noexcept {
    switch (value) {
    case client_errc::deadline_exceeded: return "the deadline passed before the call was answered";
    case client_errc::client_closed: return "the client was destroyed with the call in flight";
    case client_errc::invalid_argument: return "an argument is invalid";
    case client_errc::bad_configuration: return "a setting is invalid";
    case client_errc::no_region: return "no region is configured";
    case client_errc::no_credentials: return "no credentials were found";
    case client_errc::bad_ca_bundle: return "the CA bundle cannot be used";
    case client_errc::resolve_failed: return "the host name cannot be resolved";
    case client_errc::connect_failed: return "the connection was refused or failed";
    case client_errc::connect_timeout: return "connecting timed out";
    case client_errc::tls_failed: return "the TLS handshake failed";
    case client_errc::certificate_rejected: return "the server's certificate was rejected";
    case client_errc::tls_timeout: return "the TLS handshake timed out";
    case client_errc::proxy_failed: return "the proxy failed";
    case client_errc::proxy_refused: return "the proxy refused";
    case client_errc::connection_lost: return "the connection was lost before the reply";
    case client_errc::read_timeout: return "the server did not answer in time";
    case client_errc::reply_malformed: return "the reply cannot be understood";
    case client_errc::reply_too_large: return "the reply is too large";
    case client_errc::queue_full: return "too many calls are waiting";
    case client_errc::undecided: return "the call may have been applied";
    case client_errc::credentials_failed: return "a source of credentials failed";
    }
    return "unknown client error";
}

std::string_view text_of(service_errc value) noexcept {
    switch (value) {
    case service_errc::unrecognised: return "the service answered with an unknown error";
    case service_errc::throttled: return "the service throttled the call";
    case service_errc::resource_not_found: return "no such queue or task";
    case service_errc::queue_not_found: return "the queue does not exist";
    case service_errc::task_not_active: return "the task is not active";
    case service_errc::unsupported: return "the service does not support the operation";
    case service_errc::invalid_parameter: return "the service rejected a parameter";
    case service_errc::access_denied: return "access denied";
    case service_errc::invalid_credentials: return "the credentials were rejected";
    case service_errc::expired_credentials: return "the credentials have expired";
    case service_errc::clock_skew: return "the local clock is too far off";
    case service_errc::not_enabled: return "the region is not enabled for this account";
    case service_errc::internal: return "the service failed internally";
    }
    return "unknown service error";
}

template <class Errc>
class category final : public boost::system::error_category {
  public:
    category(const char* name, std::uint64_t id) noexcept
        : boost::system::error_category{id}, name_{name} {}
    const char* name() const noexcept override { return name_; }
    std::string message(int value) const override {
        return std::string{text_of(static_cast<Errc>(value))};
    }

  private:
    const char* name_;
};

} // namespace

const boost::system::error_category& client_category() noexcept {
    static const category<client_errc> instance{"redrive.client", 0x72656472697665c1};
    return instance;
}

const boost::system::error_category& service_category() noexcept {
    static const category<service_errc> instance{"redrive.service", 0x72656472697665c2};
    return instance;
}

error_code make_error_code(client_errc value) noexcept {
    return {static_cast<int>(value), client_category()};
}

error_code make_error_code(service_errc value) noexcept {
    return {static_cast<int>(value), service_category()};
}

} // namespace redrive
