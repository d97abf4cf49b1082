#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "redrive/connect_to.hpp"
#include "redrive/credentials.hpp"
#include "redrive/mfa_prompt.hpp"

namespace redrive {

class call_observer;
class signing_observer;
class time_source;
namespace testing {
class scripted_service;
}

/// How many requests may be in flight on one connection.
enum class pipelining : std::uint8_t {
    off,    ///< one
    learnt, ///< starts at one, doubles while whole windows are answered in order
    fixed,  ///< `max_depth` from the first write; one after a loss
};

/// Connections and bounds of one client, or of all clients of a fleet.
struct transport_options {
    std::size_t max_connections = 4; ///< per endpoint; 0 counts as 1
    redrive::pipelining pipelining = redrive::pipelining::learnt;
    std::size_t max_depth = 16; ///< requests in flight per connection; 0 counts as 1
    /// Calls that wait for a connection; one more is refused with queue_full. 0: none is refused,
    /// and callers wait their turn, however many they are.
    std::size_t max_waiting = 100'000;
    std::chrono::milliseconds connect_timeout{3100}; ///< of each address; a proxy's answer: twice
    std::chrono::milliseconds tls_timeout{3100};     ///< of each handshake
    std::chrono::milliseconds read_timeout{60'000};  ///< silence while a reply is due
    std::chrono::milliseconds idle_life{20'000}; ///< an idle connection is closed after this, or
                                                 ///< sooner when its server is known to close it
    std::chrono::milliseconds idle_trust{4'000}; ///< idle for longer, and it carries no Start,
                                                 ///< which must not be sent twice
    std::chrono::milliseconds max_age{300'000}; ///< a connection is replaced after this, so that it
                                                ///< follows DNS
    std::size_t max_reply_bytes = 8 * 1024 * 1024; ///< a larger body: reply_too_large
    /// `[http[s]://][user:password@]host[:port]`, user and password percent-encoded: the proxy of
    /// every endpoint but those of this machine. Empty text: no proxy. Nothing: what HTTPS_PROXY,
    /// HTTP_PROXY, ALL_PROXY and NO_PROXY say. An `https://` proxy is verified with the endpoint's
    /// CA bundle.
    std::optional<std::string> proxy{};
    std::vector<connect_to_rule> connect_to{}; ///< the first that matches counts
    std::string client_certificate{};          ///< PEM file shown to servers that ask; empty: none
    std::string client_key{};                  ///< its key, unencrypted; empty: in the same file
};

/// Settings of a client. What is left empty comes from where every AWS tool takes it: environment,
/// then profile. Nothing is read before the first call.
struct client_config {
    std::string region{};  ///< such as eu-west-1
    std::string profile{}; ///< of the shared config files; else AWS_PROFILE, `default`
    std::optional<credentials> identity{}; ///< given keys; else environment, then profile
    std::string endpoint_url{};            ///< http:// or https://; empty: the region's endpoint
    std::string ca_bundle{};               ///< PEM file that replaces the system's roots
    std::uint32_t max_attempts = 0; ///< requests per call, the first included; 0: configured, 3
    transport_options transport{};
    mfa_prompt ask_mfa{}; ///< for profiles with `mfa_serial`; empty: their credentials fail
    std::shared_ptr<time_source> time{};                  ///< null: the machine's clocks
    std::shared_ptr<call_observer> observer{};            ///< of every call; null: none
    std::shared_ptr<signing_observer> signing{};          ///< of what is signed; null: none
    std::shared_ptr<testing::scripted_service> service{}; ///< for tests; null: over the network
};

} // namespace redrive
