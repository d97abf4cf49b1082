#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "client/call_memory.hpp"
#include "client/signing_report.hpp"
#include "flow/clock_skew.hpp"
#include "flow/retry.hpp"
#include "net/exchange_service.hpp"
#include "redrive/credentials.hpp"
#include "wire/error_reply.hpp"
#include "wire/operation.hpp"
#include "wire/reply_body.hpp"
#include "wire/request.hpp"

namespace redrive::detail {

// Where the body of a good reply goes.
struct reply_sink {
    void* out = nullptr;
    bool (*read)(wire::json_value body, void* out) = nullptr;
    // Whether what was read can be the answer to this call; null: always.
    bool (*fits)(const void* out, std::string_view expected) = nullptr;
    std::string expected;
};

// Reads the whole body into `out`, which keeps nothing of an attempt before.
template <class Output>
[[nodiscard]] reply_sink sink_for(Output& out) {
    reply_sink sink;
    sink.out = &out;
    sink.read = [](wire::json_value body, void* to) {
        auto& output = *static_cast<Output*>(to);
        output = {};
        return wire::read_body(body, output);
    };
    return sink;
}

// What all calls of a client share.
struct call_context {
    wire::request_writer requests;
    flow::clock_skew skew;
    std::shared_ptr<call_memory> memory = std::make_shared<call_memory>();
    std::optional<signing_report> signing; // none: nobody wants to know
};

// What makes a call the one that it is.
struct call_request {
    wire::operation op;
    std::string body;
    reply_sink sink;
};

// One call: its request, rendered anew for each attempt, and what came of the last one.
class call : public net::exchange {
  public:
    call(call_context& context,
         std::uint32_t account_lane,
         call_request what,
         std::array<char, 36> invocation_id);
    ~call() override;

    enum class ending : std::uint8_t {
        answered,   // 2xx, and the body was read
        refused,    // an error reply: error()
        unreadable, // 2xx, but the body is not what it should be
        lost,       // no reply: loss()
        full,       // the pool's queue is full
        withdrawn,  // given up while it was waited for
    };

    [[nodiscard]] wire::operation op() const noexcept { return what_.op; }
    [[nodiscard]] const wire::service_error& error() const noexcept { return error_; }
    [[nodiscard]] const net::exchange_loss& loss() const noexcept { return loss_; }
    [[nodiscard]] const std::string& request_id() const noexcept { return request_id_; }
    // Leaves another text in its place.
    void swap_request_id(std::string& with) noexcept { request_id_.swap(with); }
    [[nodiscard]] std::uint32_t attempt() const noexcept { return attempt_; } // the last begun
    [[nodiscard]] unsigned status() const noexcept { return status_; }
    // Where it was when it was withdrawn.
    [[nodiscard]] call_phase withdrawn_in() const noexcept { return withdrawn_in_; }
    // The last reply's clock says that ours explains its error.
    [[nodiscard]] bool clock_skewed() const noexcept { return clock_skewed_; }
    [[nodiscard]] std::optional<flow::milliseconds> retry_after() const noexcept {
        return retry_after_;
    }

    // Begins an attempt; ended() tells once how it went, unless it is withdrawn. False: the queue
    // is full, and the attempt is over.
    [[nodiscard]] bool begin(net::exchange_service& where,
                             std::uint32_t number,
                             std::uint32_t max_attempts);
    // Ends an attempt that is under way; nothing is told about it any more.
    void withdraw();

  protected:
    // Called from inside the pool, which must not find its own calls coming back meanwhile.
    virtual void ended(ending how) = 0;

    [[nodiscard]] call_request& what() noexcept { return what_; }

  private:
    void render(std::string& out, wire::wall_time now) override;
    net::reply_fit answered(wire::http_reply& reply,
                            wire::json_reader& reader,
                            wire::wall_time received) override;
    void lost(const net::exchange_loss& why) override;

    void finish(ending how);

    call_context& context_;
    call_request what_;
    std::array<char, 36> invocation_id_;
    std::uint32_t attempt_ = 0;
    std::uint32_t max_attempts_ = 1;
    wire::wall_time sent_{};
    net::exchange_service* carrier_ = nullptr; // while an attempt is in it

    wire::service_error error_;
    net::exchange_loss loss_;
    std::string request_id_;
    unsigned status_ = 0;
    call_phase withdrawn_in_ = call_phase::none;
    bool clock_skewed_ = false;
    std::optional<flow::milliseconds> retry_after_;
};

} // namespace redrive::detail
