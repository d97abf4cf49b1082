#pragma once

#include <memory>
#include <string>

#include "client/call.hpp"
#include "net/pool.hpp"
#include "support/manual_time.hpp"
#include "support/scripted_peer.hpp"
#include "wire/reply_body.hpp"

namespace redrive::detail {

// A call that notes how its attempt ended.
class noted_call final : public call {
  public:
    using call::call;

    ending how{};
    bool is_over = false;

  private:
    void ended(ending end) override {
        how = end;
        is_over = true;
    }
};

// One Cancel, a pool of one connection, and the peer behind it.
struct call_rig {
    explicit call_rig(wire::operation op = wire::operation::cancel_message_move_task) {
        net::stream_target target;
        target.host = "127.0.0.1";
        target.port = peer->port();
        net::pool_limits limits;
        limits.max_connections = 1;
        connections =
            std::make_unique<net::pool>(world->executor(), world->time, std::move(target), limits);
        wire::request_context context;
        context.region = "eu-west-1";
        credentials keys;
        keys.access_key_id = "AKIDEXAMPLE";
        signing->requests.use(std::move(context));
        signing->requests.use(std::move(keys));
        std::array<char, 36> id;
        id.fill('0');
        one = std::make_unique<noted_call>(
            *signing, 0, call_request{op, "{}", sink_for(*output)}, id);
    }

    // Begins an attempt; `ended` tells when it is over.
    void begin(std::uint32_t number = 1) {
        one->is_over = false;
        if (one->begin(*connections, number, 3)) return;
        one->how = call::ending::full;
        one->is_over = true;
    }
    void attempt(std::uint32_t number = 1) {
        begin(number);
        world->run_until([this] { return one->is_over; });
    }
    [[nodiscard]] call::ending how() const { return one->how; }
    [[nodiscard]] bool ended() const { return one->is_over; }

    std::unique_ptr<test::virtual_world> world = std::make_unique<test::virtual_world>();
    std::unique_ptr<test::scripted_peer> peer = std::make_unique<test::scripted_peer>(
        world->context, world->time, test::peer_security::plain);
    std::unique_ptr<call_context> signing = std::make_unique<call_context>();
    std::unique_ptr<wire::cancel_output> output = std::make_unique<wire::cancel_output>();
    std::unique_ptr<net::pool> connections;
    std::unique_ptr<noted_call> one;
};

} // namespace redrive::detail
