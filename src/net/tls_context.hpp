#pragma once

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <string>

#include "redrive/errors.hpp"

namespace redrive::net {

namespace asio = boost::asio;

struct tls_settings {
    std::string ca_bundle; // a PEM file that replaces the system's roots; empty: the system's
    std::string client_certificate = {}; // a PEM file with the chain; empty: none is shown
    std::string client_key = {};         // a PEM file, unencrypted; empty: the certificate's
};

struct tls_context_result {
    std::shared_ptr<asio::ssl::context> context; // null with an error
    error_code ec;                               // bad_ca_bundle, or bad_configuration
    std::string detail;                          // what is wrong with which file
};

// A client context: TLS 1.2 or newer, the peer verified, ALPN http/1.1, no renegotiation.
[[nodiscard]] tls_context_result make_tls_context(const tls_settings& settings);

} // namespace redrive::net
