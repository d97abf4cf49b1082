#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "redrive/time_source.hpp"

namespace redrive::test {

namespace asio = boost::asio;

// A clock that stands still until the test moves it. One thread.
class manual_time final : public time_source {
  public:
    [[nodiscard]] steady_time now() const override { return now_; }
    [[nodiscard]] wall_time wall_now() const override {
        return wall_at_start_ +
               std::chrono::duration_cast<std::chrono::milliseconds>(now_ - steady_at_start);
    }
    [[nodiscard]] std::unique_ptr<timer> make_timer(const asio::any_io_executor& ex) override {
        return std::make_unique<manual_timer>(alarms_, *this, ex);
    }

    // Since the test began.
    [[nodiscard]] steady_time::duration elapsed() const { return now_ - steady_at_start; }
    void set_wall_clock(wall_time now) { wall_at_start_ += now - wall_now(); }

    void advance(steady_time::duration by) {
        now_ += by;
        alarms_->ring(now_);
    }
    // To the next timer that waits. False: none does.
    bool jump() {
        if (alarms_->waiting.empty()) return false;
        now_ = std::max(now_, alarms_->waiting.begin()->first);
        alarms_->ring(now_);
        return true;
    }
    [[nodiscard]] std::size_t timers_waiting() const { return alarms_->waiting.size(); }
    // Destroys the handlers that wait, as an io_context does at its end.
    void abandon() { std::exchange(alarms_->waiting, {}).clear(); }

  private:
    using wait_handler = asio::any_completion_handler<void(error_code)>;

    struct alarm {
        asio::any_io_executor ex;
        wait_handler handler;
    };
    // Shared with the timers, which may outlive the clock.
    struct alarms {
        std::multimap<steady_time, std::shared_ptr<alarm>> waiting;

        void ring(steady_time now) {
            while (!waiting.empty() && waiting.begin()->first <= now) {
                const auto due = waiting.extract(waiting.begin());
                complete(*due.mapped(), {});
            }
        }
        void cancel(const std::shared_ptr<alarm>& which) {
            for (auto at = waiting.begin(); at != waiting.end(); ++at) {
                if (at->second != which) continue;
                waiting.erase(at);
                complete(*which, asio::error::operation_aborted);
                return;
            }
        }
        static void complete(alarm& which, error_code ec) {
            asio::post(which.ex, [ex = which.ex, handler = std::move(which.handler), ec]() mutable {
                const auto own = asio::get_associated_executor(handler, ex);
                asio::dispatch(
                    own, [handler = std::move(handler), ec]() mutable { std::move(handler)(ec); });
            });
        }
    };

    class manual_timer final : public timer {
      public:
        manual_timer(std::shared_ptr<alarms> list, manual_time& clock, asio::any_io_executor ex)
            : list_{std::move(list)}, clock_{clock}, ex_{std::move(ex)} {}
        ~manual_timer() override { manual_timer::cancel(); }

        void async_wait_until(steady_time when, wait_handler handler) override {
            cancel();
            auto slot = asio::get_associated_cancellation_slot(handler);
            const auto made = std::make_shared<alarm>(alarm{ex_, std::move(handler)});
            if (slot.is_connected()) {
                slot.assign([list = list_, weak = std::weak_ptr{made}](asio::cancellation_type) {
                    if (const auto one = weak.lock()) list->cancel(one);
                });
            }
            set_ = made;
            list_->waiting.emplace(when, made);
            if (when <= clock_.now()) list_->ring(clock_.now());
        }
        void cancel() override {
            if (const auto one = set_.lock()) list_->cancel(one);
        }

      private:
        std::shared_ptr<alarms> list_;
        manual_time& clock_;
        asio::any_io_executor ex_;
        std::weak_ptr<alarm> set_;
    };

    static constexpr steady_time steady_at_start{std::chrono::hours{1000}};

    steady_time now_ = steady_at_start;
    wall_time wall_at_start_ = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1};
    std::shared_ptr<alarms> alarms_ = std::make_shared<alarms>();
};

// One thread's world: an io_context, and a clock that jumps only when nothing else can happen.
class virtual_world {
  public:
    asio::io_context context{1};
    std::shared_ptr<manual_time> time = std::make_shared<manual_time>();

    virtual_world() = default;
    virtual_world(const virtual_world&) = delete;
    virtual_world& operator=(const virtual_world&) = delete;
    ~virtual_world() { time->abandon(); }

    [[nodiscard]] asio::any_io_executor executor() { return context.get_executor(); }

    // Runs what can run at this moment.
    void settle() {
        do {
            context.restart();
            while (context.poll() != 0)
                context.restart();
            context.restart();
        } while (context.run_one_for(grace) != 0);
    }

    // Runs until `done`, in virtual time. False: nothing is left that could make it so.
    template <class Done>
    bool run_until(Done done) {
        for (int jumps = 0; jumps < most_jumps; ++jumps) {
            if (poll_until(done)) return true;
            settle();
            if (done()) return true;
            if (!time->jump() && !wait_for_others(done)) return false;
        }
        return false;
    }
    // The result of a coroutine; throws when it never ends.
    template <class T>
    T run(asio::awaitable<T> what) {
        std::optional<T> result;
        asio::co_spawn(context, std::move(what), [&result](std::exception_ptr bug, T value) {
            if (bug) std::rethrow_exception(bug);
            result.emplace(std::move(value));
        });
        if (!run_until([&result] { return result.has_value(); }))
            throw std::runtime_error{"the coroutine never ended"};
        return std::move(*result);
    }
    void run_for(std::chrono::milliseconds span) {
        bool over = false;
        const auto alarm = time->make_timer(executor());
        alarm->async_wait_until(time->now() + span, [&over](error_code) { over = true; });
        run_until([&over] { return over; });
    }

  private:
    // What the kernel needs to hand over what was sent on a loopback connection.
    static constexpr std::chrono::milliseconds grace{2};
    static constexpr int most_jumps = 1000;
    // A bound for threads of others: the resolver's.
    static constexpr std::chrono::seconds patience{20};

    template <class Done>
    bool poll_until(Done& done) {
        do {
            if (done()) return true;
            context.restart();
        } while (context.poll_one() != 0);
        return false;
    }
    template <class Done>
    bool wait_for_others(Done& done) {
        context.restart();
        return context.run_one_for(patience) != 0 || done();
    }
};

} // namespace redrive::test
