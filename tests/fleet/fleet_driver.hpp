#pragma once

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "redrive/fleet.hpp"

namespace redrive {

// A fleet and the context that it runs on; each call runs until its handler was called.
class fleet_driver {
  public:
    explicit fleet_driver(fleet_config config)
        : subject{context.get_executor(), std::move(config)} {}

    find_report find(find_options what) {
        return wait_for<find_report>(
            [&](auto handler) { subject.async_find(std::move(what), std::move(handler)); });
    }
    stop_report stop_found(find_options what, stop_options how = {}) {
        return wait_for<stop_report>([&](auto handler) {
            subject.async_stop_found(std::move(what), std::move(how), std::move(handler));
        });
    }
    std::vector<target_outcome> cancel_all(std::vector<target> targets, stop_options how = {}) {
        return wait_for<std::vector<target_outcome>>([&](auto handler) {
            subject.async_cancel_all(std::move(targets), std::move(how), std::move(handler));
        });
    }
    target_outcome cancel(const target& what, stop_options how = {}) {
        auto all = cancel_all({what}, std::move(how));
        return all.empty() ? target_outcome{} : std::move(all.front());
    }

    // `begin` starts an operation with the handler that it is given.
    template <class Result, class Begin>
    Result wait_for(Begin begin) {
        std::optional<Result> out;
        int completions = 0;
        begin([&](error_code ec, Result result) {
            ++completions;
            last_error = ec;
            out = std::move(result);
        });
        run_until([&] { return out.has_value(); });
        EXPECT_EQ(completions, 1);
        return out ? std::move(*out) : Result{};
    }

    template <class Done>
    void run_until(Done done) {
        const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds{60};
        context.restart();
        while (!done() && std::chrono::steady_clock::now() < limit)
            context.run_one_for(std::chrono::seconds{1});
        EXPECT_TRUE(done()) << "not done after a minute";
    }

    boost::asio::io_context context{1};
    fleet subject;
    error_code last_error;
};

inline target parsed(const std::string& text, const std::string& region = "us-east-1") {
    return parse_target(text, {.region = region});
}

} // namespace redrive
