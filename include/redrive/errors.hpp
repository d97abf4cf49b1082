#pragma once

#include <boost/system/error_code.hpp>

#include <string_view>
#include <type_traits>

namespace redrive {

using error_code = boost::system::error_code;

/// Errors of which this client is the speaker. `boost::asio::error::operation_aborted` is used
/// beside them and means that the caller cancelled, nothing else.
enum class client_errc {
    deadline_exceeded = 1, ///< the call's absolute deadline passed
    client_closed,         ///< the client was destroyed with the call in flight
    invalid_argument,      ///< an argument cannot be sent (empty or too long, out of range)
    bad_configuration,     ///< a setting is invalid; the diagnostics name it and its source
    no_region,             ///< no region was given or configured
    no_credentials,        ///< no credential source answered
    bad_ca_bundle,         ///< the CA file cannot be read or holds no certificate
    resolve_failed,        ///< the host name has no address
    connect_failed,        ///< no address of the host accepted a connection
    connect_timeout,       ///< connecting took too long
    tls_failed,            ///< the TLS handshake failed
    certificate_rejected,  ///< the server's certificate is not trusted or names another host
    tls_timeout,           ///< the TLS handshake took too long
    proxy_failed,          ///< the proxy did not open the way to the service
    proxy_refused,         ///< the proxy wants other credentials, or forbids the service
    connection_lost,       ///< the connection ended before the reply was complete
    read_timeout,          ///< the server fell silent
    reply_malformed,       ///< the reply is not HTTP/1.x, or not the JSON that was expected
    reply_too_large,       ///< the reply exceeds the configured bound
    queue_full,            ///< more calls wait than the configured bound
    undecided,             ///< Start only: it may have been applied; list before starting again
    credentials_failed,    ///< a configured credential source gave none; the diagnostics say why
};

/// Errors of which the service is the speaker, by what they mean; the exact codes and texts are in
/// the diagnostics.
enum class service_errc {
    unrecognised = 1,    ///< an error code that this version does not know
    throttled,           ///< RequestThrottled, ThrottlingException and their kin
    resource_not_found,  ///< ResourceNotFoundException: no such queue or task
    queue_not_found,     ///< QueueDoesNotExist
    task_not_active,     ///< InvalidParameterValue "Only active tasks can be cancelled."
    unsupported,         ///< UnsupportedOperation
    invalid_parameter,   ///< InvalidParameterValue and its kin
    access_denied,       ///< the identity lacks a permission
    invalid_credentials, ///< unknown key, wrong secret, or malformed signature
    expired_credentials, ///< ExpiredToken
    clock_skew,          ///< the signature's time is too far from the server's
    not_enabled,         ///< OptInRequired: the region or service is not enabled for the account
    internal,            ///< 5xx
};

/// "redrive.client"
[[nodiscard]] const boost::system::error_category& client_category() noexcept;
/// "redrive.service"
[[nodiscard]] const boost::system::error_category& service_category() noexcept;

[[nodiscard]] error_code make_error_code(client_errc value) noexcept;
[[nodiscard]] error_code make_error_code(service_errc value) noexcept;

} // namespace redrive

template <>
struct boost::system::is_error_code_enum<redrive::client_errc> : std::true_type {};
template <>
struct boost::system::is_error_code_enum<redrive::service_errc> : std::true_type {};
