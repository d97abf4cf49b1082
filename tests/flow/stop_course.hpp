#pragma once

#include "flow/stop_verdict.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace redrive::flow::test {

// base64 of {"taskId":"ours" or "next","sourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq"}
inline const std::string ours =
    "eyJ0YXNrSWQiOiJvdXJzIiwic291cmNlQXJuIjoiYXJuOmF3czpzcXM6ZXUtd2VzdC0xOj"
    "EyMzQ1Njc4OTAxMjpvcmRlcnMtZGxxIn0=";
inline const std::string next =
    "eyJ0YXNrSWQiOiJuZXh0Iiwic291cmNlQXJuIjoiYXJuOmF3czpzcXM6ZXUtd2VzdC0xOj"
    "EyMzQ1Njc4OTAxMjpvcmRlcnMtZGxxIn0=";

using step = stop_verdict::step;
using goal = stop_verdict::goal;
using wall_time = stop_verdict::wall_time;
using tasks = std::vector<move_task>;
using std::chrono::milliseconds;
using std::chrono::seconds;

// The server's clock when a course begins; tasks start so many seconds into its day.
inline constexpr wall_time noon{seconds{43'200}};
inline constexpr wall_time at(int second) {
    return wall_time{seconds{second}};
}

inline move_task entry(std::string_view status,
                       int started,
                       std::int64_t moved,
                       std::string handle = {}) {
    move_task task;
    task.status = task_status{status};
    task.started = at(started);
    task.moved = moved;
    task.handle = std::move(handle);
    return task;
}

inline stop_verdict::subject by_handle(std::string handle) {
    stop_verdict::subject what;
    what.handle = std::move(handle);
    return what;
}

inline stop_verdict::subject by_queue() {
    return {};
}

// As discovery found it.
inline stop_verdict::subject by_listing(const move_task& listed) {
    stop_verdict::subject what;
    what.handle = listed.handle;
    what.started = listed.started;
    what.listed = listed;
    return what;
}

inline diagnostics said(std::string message, bool maybe_applied = false) {
    diagnostics why;
    why.message = std::move(message);
    why.maybe_applied = maybe_applied;
    why.http_status = 400;
    return why;
}

// Plays a service to one verdict, step by step, on a clock that jumps over every pause.
class stop_course {
  public:
    explicit stop_course(stop_verdict::subject what,
                         goal why = goal::stop,
                         stop_verdict::limits bounds = {})
        : verdict_{std::move(what), why, bounds, now_} {}

    step settle() {
        auto what = verdict_.next(now_, 0.5);
        if (what == step::wait) {
            EXPECT_GT(verdict_.resume_at(), now_);
            now_ = verdict_.resume_at();
            what = verdict_.next(now_, 0.5);
        }
        EXPECT_NE(what, step::wait);
        return what;
    }

    stop_course& pass(stop_verdict::duration value) {
        now_ += value;
        return *this;
    }

    stop_course& orders() {
        EXPECT_EQ(settle(), step::order);
        verdict_.ordered(now_, noon + std::chrono::duration_cast<milliseconds>(elapsed()));
        return *this;
    }
    stop_course& accepted(std::int64_t moved, bool maybe_applied_before = false) {
        verdict_.accepted(now_, moved, maybe_applied_before);
        return *this;
    }
    stop_course& refused(error_code ec, const diagnostics& why = {}) {
        verdict_.refused(now_, ec, why);
        return *this;
    }
    stop_course& reads(const tasks& listed) {
        EXPECT_EQ(settle(), step::read);
        verdict_.read(now_, listed);
        return *this;
    }
    stop_course& fails_to_read(error_code ec, const diagnostics& why = {}) {
        EXPECT_EQ(settle(), step::read);
        verdict_.reading_failed(now_, ec, why);
        return *this;
    }
    stop_course& gives_up(outcome why, error_code ec = {}, const diagnostics& last = {}) {
        verdict_.gave_up(now_, why, ec, last);
        return *this;
    }
    // Shows the same list until the verdict is in; the number of readings that it took.
    int reads_for_ever(const tasks& listed) {
        int readings = 0;
        while (settle() == step::read && readings < 1000) {
            verdict_.read(now_, listed);
            ++readings;
        }
        return readings;
    }

    const stop_verdict::verdict& result() {
        EXPECT_EQ(settle(), step::done);
        return verdict_.result();
    }
    stop_verdict& verdict() { return verdict_; }
    stop_verdict::duration elapsed() const { return now_ - stop_verdict::time{}; }

  private:
    stop_verdict::time now_{};
    stop_verdict verdict_;
};

} // namespace redrive::flow::test
