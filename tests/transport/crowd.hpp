#pragma once

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fleet/simulated_service.hpp"
#include "redrive/client.hpp"

namespace redrive {

// Many callers of one client. Their calls differ so much that the answer of one cannot pass for the
// answer of its neighbour: orders to stop a task, orders to stop what is no task, and readings.
class crowd {
  public:
    enum class purpose : std::uint8_t { stop, stop_nothing, look };

    struct asked {
        purpose what = purpose::stop;
        service_state::task task; // of which queue
        int outcomes = 0;
        error_code ec;
        diagnostics info;
        std::vector<move_task> seen;
    };

    struct tally {
        std::string first_failure;
        std::size_t answered = 0; // by the service, as it must answer this very call
        std::size_t refused = 0;  // by the service, for another reason
        std::size_t lost = 0;     // no answer after all attempts
        std::size_t resent = 0;
    };

    crowd(client& through, const std::vector<service_state::task>& tasks, std::size_t calls)
        : client_{through} {
        for (std::size_t i = 0; i < calls; ++i) {
            auto& one = calls_.emplace_back();
            one.task = tasks[i % tasks.size()];
            if (i % 5 == 3) one.what = purpose::stop_nothing;
            if (i % 5 == 4) one.what = purpose::look;
        }
    }
    crowd(const crowd&) = delete;
    crowd& operator=(const crowd&) = delete;

    // So many calls at a time; each that ends makes room for the next.
    void begin(std::size_t in_flight) {
        for (std::size_t i = 0; i < in_flight; ++i)
            ask_next();
    }
    [[nodiscard]] bool done() const { return ended_ == calls_.size(); }
    [[nodiscard]] const std::deque<asked>& calls() const { return calls_; }

    // After a while in which a second outcome could have come.
    [[nodiscard]] tally judge(const service_state& truth) const {
        tally out;
        for (const auto& each : calls_) {
            EXPECT_EQ(each.outcomes, 1);
            out.resent += each.info.resent;
            if (is_own_answer(each, truth))
                ++out.answered;
            else
                ++(each.ec.category() == service_category() ? out.refused : out.lost);
            if (!is_own_answer(each, truth) && out.first_failure.empty())
                out.first_failure = each.ec.message() + ": " + each.info.message;
        }
        expect_no_other_stops(truth);
        return out;
    }

  private:
    void ask_next() {
        if (next_ == calls_.size()) return;
        auto& one = calls_[next_++];
        switch (one.what) {
        case purpose::stop: return stop(one, *task_handle::from_text(one.task.handle));
        case purpose::stop_nothing:
            return stop(one, task_handle::make("no-such-task", *parse_queue_arn(arn_of(one.task))));
        case purpose::look:
            client_.async_list_tasks(
                arn_of(one.task), {}, [&](error_code ec, list_tasks_result got) {
                    one.seen = std::move(got.tasks);
                    end(one, ec, std::move(got.info));
                });
        }
    }
    void stop(asked& one, task_handle what) {
        client_.async_cancel(std::move(what), {}, [&](error_code ec, cancel_result got) {
            end(one, ec, std::move(got.info));
        });
    }
    void end(asked& one, error_code ec, diagnostics info) {
        ++one.outcomes;
        one.ec = ec;
        one.info = std::move(info);
        ++ended_;
        ask_next();
    }

    [[nodiscard]] static bool is_own_answer(const asked& one, const service_state& truth) {
        switch (one.what) {
        case purpose::stop: return is_stop_answer(one, truth);
        case purpose::stop_nothing:
            EXPECT_TRUE(one.ec) << "the answer of another call";
            return one.ec == service_errc::resource_not_found;
        case purpose::look:
            for (const auto& each : one.seen)
                EXPECT_EQ(each.source_arn, arn_of(one.task)) << "the answer of another call";
            EXPECT_NE(one.ec, service_errc::resource_not_found) << "the answer of another call";
            EXPECT_EQ(one.seen.empty(), bool{one.ec});
            return !one.ec;
        }
        return false;
    }
    // Sent again after its answer was lost, an order meets a task that is not active any more.
    [[nodiscard]] static bool is_stop_answer(const asked& one, const service_state& truth) {
        EXPECT_NE(one.ec, service_errc::resource_not_found) << "the answer of another call";
        const bool was_late = one.ec == service_errc::task_not_active;
        EXPECT_TRUE(!was_late || one.info.maybe_applied);
        if (one.ec && !was_late) return false;
        const auto* task = truth.of_handle(one.task.handle);
        EXPECT_TRUE(task && !task->ordered_at.empty()) << "the answer of another call";
        return true;
    }

    void expect_no_other_stops(const service_state& truth) const {
        std::set<std::string> asked_to_stop;
        for (const auto& each : calls_)
            if (each.what == purpose::stop) asked_to_stop.insert(each.task.handle);
        for (const auto& each : truth.tasks)
            EXPECT_TRUE(each.ordered_at.empty() || asked_to_stop.count(each.handle) != 0)
                << "nobody asked to stop " << each.handle;
    }

    client& client_;
    std::deque<asked> calls_;
    std::size_t next_ = 0;
    std::size_t ended_ = 0;
};

} // namespace redrive
