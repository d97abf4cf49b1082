#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "flow/call_queue.hpp"
#include "flow/pipeline.hpp"
#include "net/exchange.hpp"
#include "net/stream.hpp"
#include "net/waiting.hpp"
#include "wire/http_parser.hpp"
#include "wire/json_reader.hpp"

namespace redrive::net {

class pool;

struct connection_limits {
    std::chrono::milliseconds read_timeout{60'000}; // silence while a reply is due
    wire::http_limits http;
};

// One keep-alive connection of a pool: takes calls from the pool's queue while its window has room,
// writes whatever waits in one go, and matches replies to calls by their order.
// Not thread-safe; held alive by its own coroutines until it has ended.
class connection : public std::enable_shared_from_this<connection> {
  public:
    connection(pool& owner,
               asio::any_io_executor ex,
               std::shared_ptr<time_source> time,
               connection_limits limits,
               time_source::steady_time retires_at);

    // Opens, then serves until it ends. Tells the pool when it opened, failed to, or ended.
    void start(stream_target target, stream_timeouts timeouts);
    // Calls may be waiting in the pool's queue.
    void notify() { wake_.notify(); }
    // The call is in here and its owner gave it up.
    void withdraw(exchange& call);
    // The pool goes away: nothing is told to it or to any call any more.
    void detach();

    [[nodiscard]] bool is_open() const noexcept { return open_; }
    // What it is at until it is open.
    [[nodiscard]] call_phase opening() const noexcept { return stream_.opening(); }
    [[nodiscard]] std::size_t in_flight() const noexcept { return pipe_.in_flight(); }
    // How many more calls it would take now.
    [[nodiscard]] std::size_t room(std::size_t depth) const noexcept {
        return may_stage() && pipe_.has_room(depth) ? depth - pipe_.in_flight() : 0;
    }
    // Whose calls the open window holds; nothing while none is in flight.
    [[nodiscard]] std::optional<flow::lane> window() const noexcept;

  private:
    using self_pointer = std::shared_ptr<connection>;

    asio::awaitable<void> run(self_pointer self, stream_target target, stream_timeouts timeouts);
    asio::awaitable<void> write_loop(self_pointer self);
    asio::awaitable<void> watch(self_pointer self);
    asio::awaitable<void> read_loop();
    asio::awaitable<void> let_reader_catch_up();

    [[nodiscard]] bool may_stage() const noexcept {
        return !retired_ && (pipe_.idle() || answers_windows_ || !has_written_in_window_);
    }
    [[nodiscard]] bool has_room() const noexcept;
    asio::awaitable<void> stage_a_batch();
    std::size_t stage_waiting_calls(); // how many
    [[nodiscard]] bool is_trusted_with(const exchange& call) const;
    [[nodiscard]] std::optional<time_source::steady_time::duration> idle_before_the_end() const;
    void stage(exchange& call);
    [[nodiscard]] bool consume(std::string_view bytes);
    [[nodiscard]] bool take_reply();
    void end_of_stream(const error_code& ec);
    void end(client_errc ec, call_phase phase, std::string detail);
    void stop() noexcept;
    [[nodiscard]] time_source::steady_time next_check() const;

    pool* owner_; // null once detached or ended
    asio::any_io_executor ex_;
    std::shared_ptr<time_source> time_;
    connection_limits limits_;
    byte_stream stream_;
    flow::pipeline pipe_;
    wire::reply_parser parser_;
    wire::json_reader json_;
    wakeup wake_;
    std::unique_ptr<time_source::timer> watch_timer_;
    std::array<char, 16 * 1024> in_;
    std::optional<flow::lane> window_;
    std::size_t taken_in_window_ = 0;      // calls since the window last changed hands
    time_source::steady_time quiet_since_; // the last byte, or the first request after idling
    time_source::steady_time retires_at_;
    time_source::steady_time::duration idled_{}; // before this window
    bool open_ = false;
    bool retired_ = false;         // takes no more calls
    bool alone_ = false;           // a call that is never pipelined is in flight
    bool announced_close_ = false; // the server said `Connection: close`
    bool misplaced_ = false;       // a reply to one of several requests was another's
    bool has_served_ = false;
    bool has_written_in_window_ = false;
    bool has_answered_one_of_many_ = false; // in this window
    // A window of several came back whole without a refill. Before that none is refilled: a server
    // that forgets what waits behind a request would answer the newcomers in its place.
    bool answers_windows_ = false;
    bool untried_since_idle_ = false; // reused after idling, and no byte has come back since
};

} // namespace redrive::net
