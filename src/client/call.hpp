#pragma once

#include <boost/asio/awaitable.hpp>

#include <array>
#include <optional>
#include <string>

#include "flow/clock_skew.hpp"
#include "flow/retry.hpp"
#include "net/exchange.hpp"
#include "net/parking.hpp"
#include "net/pool.hpp"
#include "net/waiting.hpp"
#include "redrive/credentials.hpp"
#include "wire/error_reply.hpp"
#include "wire/operation.hpp"
#include "wire/request.hpp"

namespace redrive::detail {

namespace asio = boost::asio;

// Where the body of a good reply goes.
struct reply_sink {
    void* out = nullptr;
    bool (*read)(wire::json_value body, void* out) = nullptr;
    // Whether what was read can be the answer to this call; null: always.
    bool (*fits)(const void* out, std::string_view expected) = nullptr;
    std::string expected;
};

// What all calls of a client render with.
struct signing_context {
    wire::request_context request;
    credentials keys;
    wire::signing_key_cache key_cache;
    flow::clock_skew skew;
};

// One call: its request, rendered anew for each attempt, and what came of the last one.
class call final : public net::exchange {
  public:
    call(signing_context& context,
         asio::any_io_executor ex,
         wire::operation op,
         std::uint32_t account_lane,
         std::string body,
         reply_sink sink,
         std::array<char, 36> invocation_id);
    ~call() override;

    enum class ending : std::uint8_t {
        answered,   // 2xx, and the body was read
        refused,    // an error reply: error()
        unreadable, // 2xx, but the body is not what it should be
        lost,       // no reply: loss()
        full,       // the pool's queue is full
        withdrawn,  // cancelled while it was waited for
    };

    // One attempt. Its cancellation withdraws the call from the pool.
    [[nodiscard]] asio::awaitable<ending> attempt(net::pool& where,
                                                  std::uint32_t number,
                                                  std::uint32_t max_attempts);

    [[nodiscard]] const wire::service_error& error() const noexcept { return error_; }
    [[nodiscard]] const net::exchange_loss& loss() const noexcept { return loss_; }
    [[nodiscard]] const std::string& request_id() const noexcept { return request_id_; }
    [[nodiscard]] unsigned status() const noexcept { return status_; }
    // Where it was when it was withdrawn.
    [[nodiscard]] call_phase withdrawn_in() const noexcept { return withdrawn_in_; }
    // The last reply's clock says that ours explains its error.
    [[nodiscard]] bool clock_skewed() const noexcept { return clock_skewed_; }
    [[nodiscard]] std::optional<flow::milliseconds> retry_after() const noexcept {
        return retry_after_;
    }

  private:
    void render(std::string& out, wire::wall_time now) override;
    net::reply_fit answered(wire::http_reply& reply,
                            wire::json_reader& reader,
                            wire::wall_time received) override;
    void lost(const net::exchange_loss& why) override;

    void finish(ending how);

    signing_context& context_;
    asio::any_io_executor ex_;
    wire::operation op_;
    std::string body_;
    reply_sink sink_;
    std::array<char, 36> invocation_id_;
    std::uint32_t attempt_ = 0;
    std::uint32_t max_attempts_ = 1;
    wire::wall_time sent_{};
    net::pool* pool_ = nullptr; // while an attempt is in it
    net::parked_handler<void(ending)> waiter_;

    wire::service_error error_;
    net::exchange_loss loss_;
    std::string request_id_;
    unsigned status_ = 0;
    call_phase withdrawn_in_ = call_phase::none;
    bool clock_skewed_ = false;
    std::optional<flow::milliseconds> retry_after_;
};

} // namespace redrive::detail
