#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "cli/console.hpp"
#include "cli/progress.hpp"
#include "redrive/time_source.hpp"

namespace redrive::cli {

// Shows the progress line while something is under way: on a terminal every 100 ms in place, off a
// terminal a plain line every 10 s. Hands its beat to others that need one.
class progress_display {
  public:
    struct parts {
        std::shared_ptr<time_source> time;
        std::function<fleet_progress()> now;
        std::function<void()> on_beat; // every 100 ms, also when nothing is shown
        bool is_shown = true;
    };

    progress_display(const boost::asio::any_io_executor& ex, console& out, parts with);
    ~progress_display();
    progress_display(const progress_display&) = delete;
    progress_display& operator=(const progress_display&) = delete;

    void start(activity what);
    void stop();

  private:
    void wait();
    void beat();

    console& out_;
    parts with_;
    std::unique_ptr<time_source::timer> timer_;
    activity what_ = activity::searching;
    time_source::steady_time started_{}, next_line_{};
    bool runs_ = false;
};

} // namespace redrive::cli
