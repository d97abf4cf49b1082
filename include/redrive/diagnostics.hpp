#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "redrive/errors.hpp"

namespace redrive {

/// Where in its life a call failed.
enum class call_phase {
    none,        ///< it did not fail
    configure,   ///< settings, before any I/O
    credentials, ///< loading credentials
    sign,        ///< the credentials cannot sign a request
    pool,        ///< waiting for a connection
    resolve,
    connect,
    proxy, ///< on the way to a proxy, or asking it for the service
    tls,
    write,
    read,    ///< waiting for the reply, or in the middle of it
    parse,   ///< the reply arrived but cannot be understood
    service, ///< the service answered with an error
    backoff, ///< waiting before the next attempt
};

[[nodiscard]] std::string_view to_string(call_phase value) noexcept;

/// An attempt of a call that failed and was followed by another one.
struct earlier_attempt {
    error_code ec;
    std::string code;                    ///< the service's, as diagnostics::code; may be empty
    std::string request_id;              ///< of its reply; may be empty
    call_phase phase = call_phase::none; ///< in which it failed
    std::chrono::microseconds elapsed{}; ///< since it began to wait for a connection
    std::chrono::milliseconds pause{};   ///< before the next one
};

/// What is known about a call beside its error code. Texts come from the network: bounded in
/// length, not escaped; escape them before they reach a terminal.
struct diagnostics {
    std::string code;       ///< the service's code as users know it (legacy code), or empty
    std::string type_code;  ///< the shape name of the error, or empty
    std::string message;    ///< the service's message or our own detail, at most `longest_message`
    std::string request_id; ///< of the last reply, whichever attempt it answered
    std::string address;    ///< host, or host:port; empty without an error
    unsigned http_status = 0;
    call_phase phase = call_phase::none;
    std::uint32_t attempts = 0; ///< requests that the retry rules counted, the first included
    std::uint32_t resent = 0;   ///< requests sent again after a lost connection
    bool maybe_applied = false; ///< a request was written whose answer was lost
    bool sender_fault = true;   ///< the service blames the caller, not itself
    /// Of a call that failed, or made more than one attempt: since its start, pauses included. Else
    /// 0.
    std::chrono::microseconds elapsed{};
    std::vector<earlier_attempt> earlier; ///< the attempts before the last, at most the last 8

    static constexpr std::size_t longest_message = 1024;
};

} // namespace redrive
