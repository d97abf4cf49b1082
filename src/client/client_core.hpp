#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <list>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "auth/credentials_provider.hpp"
#include "client/call.hpp"
#include "flow/retry.hpp"
#include "net/transport.hpp"
#include "redrive/config.hpp"
#include "redrive/diagnostics.hpp"

namespace redrive::detail {

// Everything that the calls of one account and region need; settings resolved.
struct client_setup {
    endpoint target;
    std::string region;
    std::string ca_bundle;
    std::string user_agent;
    std::string trace_id;
    flow::retry_config retry;
    bool correct_clock_skew = true;
    std::shared_ptr<auth::credentials_provider> provider;
    std::uint32_t account_lane = 0; // clients with equal numbers share pipelining windows
};

// A failure before anything was sent.
struct setup_error {
    error_code ec;
    call_phase phase = call_phase::configure;
    std::string message;
};

// Why a call in flight is to end early.
enum class stop_reason : std::uint8_t { none, cancelled, deadline, closed };

// A call in flight, as the client that may have to end it sees it.
class pending_call {
  public:
    void stop(stop_reason why) {
        if (reason_ != stop_reason::none) return;
        reason_ = why;
        if (begun_) signal_.emit(boost::asio::cancellation_type::terminal);
    }
    // Its coroutine runs, and from now on meets a cancellation as a value: before that one would
    // come out of it as an exception.
    void begin() noexcept { begun_ = true; }
    [[nodiscard]] stop_reason reason() const noexcept { return reason_; }
    [[nodiscard]] boost::asio::cancellation_slot slot() { return signal_.slot(); }
    std::unique_ptr<time_source::timer> deadline_timer;

  private:
    boost::asio::cancellation_signal signal_;
    stop_reason reason_ = stop_reason::none;
    bool begun_ = false;
};

// The body of a client: runs calls to their end by the retry rules. Not thread-safe.
class client_core : public std::enable_shared_from_this<client_core> {
  public:
    // Settings are resolved by the first call.
    client_core(asio::any_io_executor ex, client_config config);
    // Shares a transport with others.
    client_core(std::shared_ptr<net::transport> transport, client_setup setup);

    [[nodiscard]] const asio::any_io_executor& executor() const noexcept { return ex_; }
    [[nodiscard]] time_source& time() noexcept { return *time_; }

    [[nodiscard]] std::chrono::milliseconds clock_skew() const { return signing_.skew.current(); }

    // Ends every call in flight with client_closed; none may be started any more.
    void close();
    [[nodiscard]] bool is_closed() const noexcept { return closed_; }

    struct request {
        wire::operation op;
        std::string body;
        reply_sink sink;
        std::uint32_t max_attempts = 0; // 0: as configured
    };
    // One call with its retries; stops early when `self` is told to.
    [[nodiscard]] asio::awaitable<error_code> perform(request what,
                                                      diagnostics& info,
                                                      const pending_call& self);

    void add(const std::shared_ptr<pending_call>& call);
    void remove(const pending_call& call);

  private:
    [[nodiscard]] std::optional<setup_error> prepare();
    [[nodiscard]] asio::awaitable<std::optional<setup_error>> load_credentials();
    [[nodiscard]] asio::awaitable<error_code> run_attempts(call& one,
                                                           const request& what,
                                                           diagnostics& info,
                                                           const pending_call& self);
    [[nodiscard]] std::array<char, 36> new_invocation_id();
    [[nodiscard]] double random_unit();

    asio::any_io_executor ex_;
    std::shared_ptr<time_source> time_;
    client_config config_;
    std::optional<client_setup> setup_; // none: not resolved yet
    std::shared_ptr<net::transport> transport_;
    net::pool* pool_ = nullptr;
    signing_context signing_;
    bool have_keys_ = false;
    flow::retry_quota quota_;
    std::mt19937_64 random_;
    std::list<std::shared_ptr<pending_call>> calls_;
    bool closed_ = false;
};

} // namespace redrive::detail
