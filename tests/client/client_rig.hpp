#pragma once

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <deque>
#include <optional>
#include <string>
#include <utility>

#include "redrive/client.hpp"
#include "support/manual_time.hpp"
#include "support/scoped_environment.hpp"
#include "support/scripted_peer.hpp"

namespace redrive {

inline constexpr const char* some_arn = "arn:aws:sqs:eu-west-1:123456789012:orders-dlq";
inline constexpr const char* some_secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
inline constexpr const char* some_token = "FwoGZXIvYXdzEXAMPLETOKEN/+=";

// The handle of the n-th task of a queue.
inline task_handle handle_of(int n) {
    return task_handle::make("task-" + std::to_string(n), *parse_queue_arn(some_arn));
}

// What became of one call.
template <class Result>
struct told_call {
    int outcomes = 0;
    error_code ec;
    Result result;
    boost::asio::cancellation_signal stop;

    [[nodiscard]] bool done() const { return outcomes != 0; }
    void cancel() { stop.emit(boost::asio::cancellation_type::terminal); }
    auto note() {
        return boost::asio::bind_cancellation_slot(stop.slot(),
                                                   [this](error_code error, Result value) {
                                                       ++outcomes;
                                                       ec = error;
                                                       result = std::move(value);
                                                   });
    }
};

// A client with fixed credentials, and the peer that is its service.
class client_rig {
  public:
    explicit client_rig(test::peer_security security = test::peer_security::plain)
        : peer{world.context, world.time, security} {
        config.region = "eu-west-1";
        config.identity = credentials{
            "AKIDEXAMPLE", secret_text{some_secret}, secret_text{some_token}, "123456789012"};
        config.endpoint_url = peer.url();
        config.ca_bundle = test::loopback_ca_file();
        config.transport.max_connections = 1;
        config.time = world.time;
    }

    test::scoped_environment environment;
    test::virtual_world world;
    test::scripted_peer peer;
    client_config config;

    void pipeline(std::size_t depth) {
        config.transport.pipelining = pipelining::fixed;
        config.transport.max_depth = depth;
    }

    [[nodiscard]] client& sqs() {
        if (!client_) client_.emplace(world.executor(), config);
        return *client_;
    }
    void close() { client_.reset(); }

    told_call<cancel_result>& cancel(int n, cancel_options how = {}) {
        auto& call = cancels.emplace_back();
        sqs().async_cancel(handle_of(n), std::move(how), call.note());
        return call;
    }
    told_call<list_tasks_result>& list(std::string arn = some_arn, list_tasks_options how = {}) {
        auto& call = lists.emplace_back();
        sqs().async_list_tasks(std::move(arn), std::move(how), call.note());
        return call;
    }
    told_call<start_result>& start(start_options how = {}) {
        auto& call = starts.emplace_back();
        sqs().async_start(some_arn, std::move(how), call.note());
        return call;
    }

    [[nodiscard]] bool all_done() const {
        const auto done = [](const auto& calls) {
            for (const auto& each : calls)
                if (!each.done()) return false;
            return true;
        };
        return done(cancels) && done(lists) && done(starts);
    }
    [[nodiscard]] bool run_until_done() {
        return world.run_until([this] { return all_done(); });
    }

    std::deque<told_call<cancel_result>> cancels;
    std::deque<told_call<list_tasks_result>> lists;
    std::deque<told_call<start_result>> starts;

  private:
    std::optional<client> client_;
};

// --- what the service says

inline std::string moved(int count) {
    return test::http_reply("{\"ApproximateNumberOfMessagesMoved\":" + std::to_string(count) + "}");
}

// The number of the task whose handle is in the body of a Cancel.
inline int task_in(const test::seen_request& seen) {
    const auto& body = seen.request.body;
    const auto begin = body.find(":\"") + 2;
    const auto handle = task_handle::from_text(body.substr(begin, body.find('"', begin) - begin));
    return std::stoi(handle->task_id().substr(std::string_view{"task-"}.size()));
}

// Answers each Cancel with a count that is its task's alone.
inline std::string moved_of(const test::seen_request& seen) {
    return moved(1000 + task_in(seen));
}

inline std::string failed(std::string_view type,
                          std::string_view status = "400 Bad Request",
                          std::string_view more_headers = {}) {
    std::string body = "{\"__type\":\"com.amazonaws.sqs#";
    body.append(type).append("\",\"message\":\"it says ").append(type).append("\"}");
    return test::http_reply(body, status, more_headers);
}

} // namespace redrive
