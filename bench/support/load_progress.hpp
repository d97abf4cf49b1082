#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>

#include "support/load_generator.hpp"

namespace redrive::bench {

// A line a second on stderr, when that is a terminal.
class load_progress {
  public:
    load_progress(boost::asio::io_context& context, const load_generator& load)
        : load_{load}, timer_{context} {}

    void start() {
        if (::isatty(STDERR_FILENO) == 1) wait();
    }

  private:
    void wait() {
        timer_.expires_after(std::chrono::seconds{1});
        timer_.async_wait([this](error_code ec) {
            if (ec) return;
            ++seconds_;
            print();
            wait();
        });
    }
    void print() {
        const auto& tally = load_.tally();
        if (tally.begun == 0) return fmt::print(stderr, "{:>4} s: warming up\n", seconds_);
        fmt::print(stderr,
                   "{:>4} s: {} begun, {} ended, {} in flight, {} throttled, {} late; "
                   "p50 {:.3f} ms, p99 {:.3f} ms\n",
                   seconds_,
                   tally.begun - begun_,
                   tally.ended - ended_,
                   load_.in_flight(),
                   load_.throttled(),
                   tally.late_starts,
                   static_cast<double>(tally.corrected.at(50).value) / 1e6,
                   static_cast<double>(tally.corrected.at(99).value) / 1e6);
        begun_ = tally.begun;
        ended_ = tally.ended;
    }

    const load_generator& load_;
    boost::asio::steady_timer timer_;
    std::uint64_t begun_ = 0, ended_ = 0;
    int seconds_ = 0;
};

} // namespace redrive::bench
