#include "cli/interrupts.hpp"

#include <boost/asio/buffer.hpp>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <system_error>
#include <utility>

#include "redrive/errors.hpp"

namespace redrive::cli {
namespace {

constexpr std::array handled{SIGINT, SIGTERM, SIGHUP};

std::atomic<int> signals_seen{0};
std::atomic<int> wake_fd{-1};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may use it");

void on_signal(int) {
    const int before = errno;
    if (signals_seen.fetch_add(1) > 0) ::_exit(130);
    const char byte = 0;
    if (::write(wake_fd, &byte, 1) < 0) ::_exit(130); // nobody would ever react
    errno = before;
}

// A signal that the caller ignores (nohup, a shell's background job) stays ignored.
void handle(int number) {
    struct sigaction now {};
    if (::sigaction(number, nullptr, &now) != 0 || now.sa_handler == SIG_IGN) return;
    struct sigaction ours {};
    ours.sa_handler = on_signal;
    ::sigaction(number, &ours, nullptr);
}

} // namespace

interrupts::interrupts(const boost::asio::any_io_executor& ex) : woken_{ex} {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        throw std::system_error{errno, std::system_category(), "pipe"};
    woken_.assign(ends[0]);
    wake_fd = ends[1];
    ::signal(SIGPIPE, SIG_IGN);
    for (const int number : handled)
        handle(number);
    wait();
}

interrupts::~interrupts() {
    for (const int number : handled)
        ::signal(number, SIG_DFL);
    ::close(wake_fd.exchange(-1));
}

void interrupts::on_first(std::function<void()> action) {
    action_ = std::move(action);
    if (happened_ && action_) action_();
}

void interrupts::stop() {
    error_code ignored;
    woken_.cancel(ignored);
}

void interrupts::wait() {
    woken_.async_read_some(boost::asio::buffer(bytes_), [this](error_code ec, std::size_t) {
        if (ec) return;
        happened_ = true;
        if (action_) action_();
    });
}

} // namespace redrive::cli
