#include "cli/progress_display.hpp"

#include <utility>

namespace redrive::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto beat_interval = 100ms;
constexpr auto line_interval = 10s;

} // namespace

progress_display::progress_display(const boost::asio::any_io_executor& ex, console& out, parts with)
    : out_{out}, with_{std::move(with)}, timer_{with_.time->make_timer(ex)} {}

progress_display::~progress_display() {
    stop();
}

void progress_display::start(activity what) {
    what_ = what;
    if (std::exchange(runs_, true)) return;
    started_ = with_.time->now();
    next_line_ = started_ + line_interval;
    wait();
}

void progress_display::stop() {
    if (!std::exchange(runs_, false)) return;
    timer_->cancel();
    out_.clear_status();
}

void progress_display::wait() {
    timer_->async_wait_until(with_.time->now() + beat_interval, [this](error_code ec) {
        if (ec || !runs_) return;
        beat();
        wait();
    });
}

void progress_display::beat() {
    if (with_.on_beat) with_.on_beat();
    if (!with_.is_shown) return;
    const auto now = with_.time->now();
    if (!out_.is_terminal() && now < next_line_) return;
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - started_);
    const auto line = progress_line(with_.now(), what_, elapsed);
    if (out_.is_terminal()) return out_.show_status(line);
    next_line_ = now + line_interval;
    out_.say(line);
}

} // namespace redrive::cli
