#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "redrive/diagnostics.hpp"
#include "redrive/errors.hpp"

namespace redrive {

/// One request of a call, or the wait for a connection that never came. Views and references are
/// valid while the observer is told.
struct attempt_record {
    using time = std::chrono::steady_clock::time_point;

    std::uint64_t call;         ///< of one client, counted from 1
    std::string_view operation; ///< such as CancelMessageMoveTask
    std::string_view address;   ///< host, or host:port
    std::uint32_t number;       ///< of the call's attempts, counted from 1
    time began;                 ///< when it began to wait for a connection
    std::optional<time> sent;   ///< when its request was last handed to a connection
    time ended;
    error_code ec;
    const diagnostics& info; ///< as far as it is known by then
    /// How long the call pauses before it tries again; nothing: this was its last attempt.
    std::optional<std::chrono::milliseconds> pause;
};

/// A whole call, from its initiation to its end. It ends once; its handler runs after that.
struct call_record {
    using time = std::chrono::steady_clock::time_point;

    std::uint64_t call;
    std::string_view operation;
    std::string_view address; ///< empty when the settings could not be resolved
    time began;
    time ended;
    error_code ec;
    const diagnostics& info;
};

/// Is told of every attempt and every call of the clients that it was given to, each with its
/// times, so that it can write a span of each. Called on the client's executor, from inside its
/// work: it must be quick, must not throw, and must not call the client. Without one a client takes
/// no times.
class call_observer {
  public:
    virtual ~call_observer() = default;

    virtual void attempt_ended(const attempt_record& /*what*/) {}
    virtual void call_ended(const call_record& /*what*/) {}
};

/// What a request was signed over, for whoever looks for the reason why the service refuses its
/// signature. Neither the secret nor the signature; where the session token stood, `(hidden)`
/// stands. Views are valid while the observer is told.
struct signing_record {
    std::string_view operation; ///< such as CancelMessageMoveTask
    std::string_view address;   ///< host, or host:port
    std::string_view region;    ///< that it is signed for
    std::string_view access_key_id;
    std::string_view canonical_request; ///< several lines, without a last line end
    std::string_view string_to_sign;    ///< its last line is the digest of the real one
};

/// Is told what the first request of each operation of a client is signed over, under the rules of
/// a call_observer. Without one these texts are not kept.
class signing_observer {
  public:
    virtual ~signing_observer() = default;

    virtual void request_signed(const signing_record& what) = 0;
};

} // namespace redrive
