#pragma once

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "redrive/time_source.hpp"

namespace redrive {

// Time that passes only when a test says so.
class hand_clock final : public time_source {
  public:
    explicit hand_clock(boost::asio::io_context& context) : context_{context} {}

    [[nodiscard]] steady_time now() const override { return now_; }
    [[nodiscard]] wall_time wall_now() const override {
        return wall_time{std::chrono::floor<std::chrono::milliseconds>(now_.time_since_epoch())};
    }
    [[nodiscard]] std::unique_ptr<timer> make_timer(
        const boost::asio::any_io_executor& ex) override {
        return std::make_unique<hand_timer>(*this, ex);
    }

    // Runs what is ready, then lets time pass, timer by timer.
    void pass(std::chrono::steady_clock::duration how_long) {
        const auto until = now_ + how_long;
        run_ready();
        for (auto* next = first_due(until); next; next = first_due(until)) {
            now_ = std::max(now_, next->when());
            next->complete({});
            run_ready();
        }
        now_ = until;
    }

    void run_ready() {
        context_.restart();
        context_.poll();
    }

  private:
    class hand_timer final : public timer {
      public:
        hand_timer(hand_clock& clock, boost::asio::any_io_executor ex)
            : clock_{clock}, ex_{std::move(ex)} {}
        ~hand_timer() override { complete(boost::asio::error::operation_aborted); }

        void async_wait_until(
            steady_time when,
            boost::asio::any_completion_handler<void(error_code)> handler) override {
            complete(boost::asio::error::operation_aborted);
            when_ = when;
            handler.swap(handler_); // its move assignment recurses in Boost 1.81
            clock_.waiting_.insert(this);
        }
        void cancel() override { complete(boost::asio::error::operation_aborted); }

        void complete(error_code ec) {
            if (clock_.waiting_.erase(this) == 0) return;
            boost::asio::post(ex_, [handler = std::exchange(handler_, nullptr), ec]() mutable {
                std::move(handler)(ec);
            });
        }
        [[nodiscard]] steady_time when() const noexcept { return when_; }

      private:
        hand_clock& clock_;
        boost::asio::any_io_executor ex_;
        steady_time when_;
        boost::asio::any_completion_handler<void(error_code)> handler_;
    };

    hand_timer* first_due(steady_time until) {
        hand_timer* first = nullptr;
        for (auto* each : waiting_)
            if (each->when() <= until && (!first || each->when() < first->when())) first = each;
        return first;
    }

    boost::asio::io_context& context_;
    steady_time now_{std::chrono::hours{1000}};
    std::set<hand_timer*> waiting_;
};

} // namespace redrive
