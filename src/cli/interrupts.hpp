#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <array>
#include <functional>

namespace redrive::cli {

// SIGINT, SIGTERM and SIGHUP: the first asks to end, the second ends the program with 130 at once,
// even while it writes to somebody who does not read. One instance per process.
class interrupts {
  public:
    explicit interrupts(const boost::asio::any_io_executor& ex);
    interrupts(const interrupts&) = delete;
    interrupts& operator=(const interrupts&) = delete;
    ~interrupts();

    // What the first signal does; replaces what it did. Called at once when it came already.
    void on_first(std::function<void()> action);
    [[nodiscard]] bool happened() const noexcept { return happened_; }
    // Waits no longer, so that the executor can run out of work.
    void stop();

  private:
    void wait();

    boost::asio::posix::stream_descriptor woken_;
    std::array<char, 8> bytes_{};
    std::function<void()> action_;
    bool happened_ = false;
};

} // namespace redrive::cli
