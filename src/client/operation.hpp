#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "client/call.hpp"
#include "flow/retry.hpp"
#include "redrive/diagnostics.hpp"
#include "redrive/errors.hpp"
#include "redrive/time_source.hpp"

namespace redrive::detail {

class client_core;
struct setup_error;

// Why a call in flight is to end early.
enum class stop_reason : std::uint8_t { cancelled, deadline, closed };

[[nodiscard]] error_code error_of(stop_reason why) noexcept;

// A call of a client from its start to its one end, with all its attempts. No coroutine, so that a
// call costs one object. Owned by its client_core, on whose executor everything happens.
class operation : public call, public std::enable_shared_from_this<operation> {
  public:
    // `info` is kept up to date from attempt to attempt. 0 max_attempts: as configured.
    operation(client_core& core, call_request what, std::uint32_t max_attempts, diagnostics& info);

    // Once; it may be over before this returns.
    void start(std::optional<std::chrono::steady_clock::duration> deadline);
    // Ends it now, whatever it waits for; nothing when it is over.
    void stop(stop_reason why);
    // What waiting for credentials came to.
    void credentials_ready(const setup_error* failure);

    [[nodiscard]] bool is_over() const noexcept { return state_ == state::over; }
    // Tells whoever asked for it. Called once, after it is over, and not from inside the pool.
    virtual void complete() = 0;

  protected:
    [[nodiscard]] error_code ec() const noexcept { return ec_; }
    [[nodiscard]] client_core& core() noexcept { return core_; }

  private:
    friend class client_core;

    enum class state : std::uint8_t {
        created,
        loading, // waits for credentials
        trying,  // an attempt is in the pool
        pausing, // before the next attempt
        over,    // ec() says how
    };

    void ended(ending how) override;

    void arm_deadline(std::chrono::steady_clock::duration from_now);
    void proceed();
    void try_once();
    void judge(ending how);
    void pause(std::chrono::milliseconds delay);
    // The service calls the credentials expired; false: there is no point in asking for others.
    [[nodiscard]] bool wait_for_other_keys(bool was_answered);
    // Whether it was refused for its date, and is to be made once more beyond its attempts.
    [[nodiscard]] bool is_to_be_redated(flow::retry_outcome after) noexcept;
    void refuse(const setup_error& why);
    void finish(error_code ec);
    // The attempt that ended is not the last one.
    void keep_attempt(error_code ec, bool was_answered, std::chrono::milliseconds pause);
    [[nodiscard]] std::chrono::microseconds elapsed_since(time_source::steady_time then) const;
    // To the observer, if there is one. Without a pause it was the last attempt.
    void tell_attempt(error_code ec, std::optional<std::chrono::milliseconds> pause);
    void tell_call();
    [[nodiscard]] call_phase phase() const noexcept;

    client_core& core_;
    diagnostics& info_;
    std::uint32_t max_attempts_;
    std::optional<flow::retry_course> course_;
    std::unique_ptr<time_source::timer> pause_timer_;
    std::unique_ptr<time_source::timer> deadline_timer_;
    std::size_t place_ = 0; // among the calls of its core, while it is not over
    error_code ec_;
    state state_ = state::created;
    std::uint64_t keys_used_ = 0; // core_.keys_number() of this attempt
    bool has_waited_for_other_keys_ = false;
    bool was_redated_ = false;

    time_source::steady_time began_, attempt_began_;
    std::optional<std::uint64_t> number_; // for an observer
};

} // namespace redrive::detail
