#include "cli/error_name.hpp"

#include <boost/asio/error.hpp>
#include <fmt/format.h>

#include <string_view>

#include "cli/text_escape.hpp"

namespace redrive::cli {
namespace {

std::string_view name_of(client_errc value) noexcept {
    switch (value) {
    case client_errc::deadline_exceeded: return "deadline_exceeded";
    case client_errc::client_closed: return "client_closed";
    case client_errc::invalid_argument: return "invalid_argument";
    case client_errc::bad_configuration: return "bad_configuration";
    case client_errc::no_region: return "no_region";
    case client_errc::no_credentials: return "no_credentials";
    case client_errc::credentials_failed: return "credentials_failed";
    case client_errc::bad_ca_bundle: return "bad_ca_bundle";
    case client_errc::resolve_failed: return "resolve_failed";
    case client_errc::connect_failed: return "connect_failed";
    case client_errc::connect_timeout: return "connect_timeout";
    case client_errc::tls_failed: return "tls_failed";
    case client_errc::certificate_rejected: return "certificate_rejected";
    case client_errc::tls_timeout: return "tls_timeout";
    case client_errc::proxy_failed: return "proxy_failed";
    case client_errc::proxy_refused: return "proxy_refused";
    case client_errc::connection_lost: return "connection_lost";
    case client_errc::read_timeout: return "read_timeout";
    case client_errc::reply_malformed: return "reply_malformed";
    case client_errc::reply_too_large: return "reply_too_large";
    case client_errc::queue_full: return "queue_full";
    case client_errc::undecided: return "undecided";
    }
    return "unknown_error";
}

std::string_view name_of(service_errc value) noexcept {
    switch (value) {
    case service_errc::unrecognised: return "unrecognised";
    case service_errc::throttled: return "throttled";
    case service_errc::resource_not_found: return "resource_not_found";
    case service_errc::queue_not_found: return "queue_not_found";
    case service_errc::task_not_active: return "task_not_active";
    case service_errc::unsupported: return "unsupported";
    case service_errc::invalid_parameter: return "invalid_parameter";
    case service_errc::access_denied: return "access_denied";
    case service_errc::invalid_credentials: return "invalid_credentials";
    case service_errc::expired_credentials: return "expired_credentials";
    case service_errc::clock_skew: return "clock_skew";
    case service_errc::not_enabled: return "not_enabled";
    case service_errc::internal: return "internal";
    }
    return "unknown_error";
}

// Here the detail alone ("End of file") does not say what happened.
bool needs_its_error(error_code ec) noexcept {
    if (ec.category() != client_category()) return false;
    const auto value = static_cast<client_errc>(ec.value());
    return value >= client_errc::resolve_failed && value <= client_errc::reply_too_large;
}

} // namespace

std::string name_of(error_code ec, const diagnostics& info) {
    if (!info.code.empty()) return info.code;
    if (!ec) return {};
    if (ec == boost::asio::error::operation_aborted) return "interrupted";
    if (ec.category() == client_category())
        return std::string{name_of(static_cast<client_errc>(ec.value()))};
    if (ec.category() == service_category())
        return std::string{name_of(static_cast<service_errc>(ec.value()))};
    return fmt::format("{}:{}", ec.category().name(), ec.value());
}

std::string sentence_of(error_code ec, const diagnostics& info) {
    std::string what = info.message.empty() ? (ec ? ec.message() : std::string{}) : info.message;
    if (!info.message.empty() && needs_its_error(ec))
        what = fmt::format("{}: {}", ec.message(), info.message);
    if (!info.code.empty()) what = fmt::format("{}: {}", info.code, what);
    if (!info.address.empty() && what.find(info.address) == std::string::npos)
        what += fmt::format(" ({})", info.address);
    return escaped(what);
}

} // namespace redrive::cli
