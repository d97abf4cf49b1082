#pragma once

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <memory>
#include <string>

#include "client/call.hpp"
#include "support/manual_time.hpp"
#include "support/scripted_peer.hpp"
#include "wire/reply_body.hpp"

namespace redrive::detail {

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
        signing->request.region = "eu-west-1";
        signing->keys.access_key_id = "AKIDEXAMPLE";
        std::array<char, 36> id;
        id.fill('0');
        reply_sink sink;
        sink.out = output.get();
        sink.read = [](wire::json_value body, void* out) {
            return wire::read_body(body, *static_cast<wire::cancel_output*>(out));
        };
        one = std::make_unique<call>(*signing, world->executor(), op, 0, "{}", sink, id);
    }

    // Begins an attempt; `ended` tells when it is over.
    void begin(std::uint32_t number = 1) {
        ended = false;
        boost::asio::co_spawn(world->context,
                              run(number),
                              boost::asio::bind_cancellation_slot(
                                  stop->slot(), [this](std::exception_ptr bug, call::ending end) {
                                      if (bug) std::rethrow_exception(bug);
                                      how = end;
                                      ended = true;
                                  }));
    }
    void attempt(std::uint32_t number = 1) {
        begin(number);
        world->run_until([this] { return ended; });
    }

    std::unique_ptr<test::virtual_world> world = std::make_unique<test::virtual_world>();
    std::unique_ptr<test::scripted_peer> peer = std::make_unique<test::scripted_peer>(
        world->context, world->time, test::peer_security::plain);
    std::unique_ptr<signing_context> signing = std::make_unique<signing_context>();
    std::unique_ptr<wire::cancel_output> output = std::make_unique<wire::cancel_output>();
    std::unique_ptr<net::pool> connections;
    std::unique_ptr<boost::asio::cancellation_signal> stop =
        std::make_unique<boost::asio::cancellation_signal>();
    std::unique_ptr<call> one;
    call::ending how{};
    bool ended = false;

  private:
    boost::asio::awaitable<call::ending> run(std::uint32_t number) {
        co_await boost::asio::this_coro::throw_if_cancelled(false);
        co_return co_await one->attempt(*connections, number, 3);
    }
};

} // namespace redrive::detail
