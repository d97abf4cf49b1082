#include "cli/data_stream.hpp"

#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace redrive::cli {

namespace {

// A file takes any number of bytes. Another descriptor that polls writable takes PIPE_BUF bytes
// without blocking (POSIX, pipes).
std::size_t piece_for(int fd) noexcept {
    constexpr std::size_t to_a_file = 64 * 1024;
    struct stat about {};
    return ::fstat(fd, &about) == 0 && S_ISREG(about.st_mode) ? to_a_file : PIPE_BUF;
}

} // namespace

data_stream::data_stream(int fd, std::function<void()> before_write)
    : fd_{fd}, piece_{piece_for(fd)}, before_write_{std::move(before_write)} {}

void data_stream::write(std::string_view text) {
    if (has_failed()) return;
    waiting_ += text;
    if (waiting_.size() >= piece_) pump();
    if (waiting_.size() > most_waiting) write_some(-1, most_waiting / 2);
}

void data_stream::pump() {
    write_some(0, 0);
}

void data_stream::flush() {
    write_some(-1, 0);
}

bool data_stream::reader_is_gone() const noexcept {
    return failure_ == boost::system::errc::broken_pipe;
}

// Polled, because making it non-blocking would change the flags that the shell shares.
void data_stream::write_some(int timeout_ms, std::size_t until) {
    std::size_t written = 0;
    if (!waiting_.empty() && before_write_) before_write_();
    while (waiting_.size() - written > until && !has_failed()) {
        pollfd ready{.fd = fd_, .events = POLLOUT, .revents = 0};
        const int n = ::poll(&ready, 1, timeout_ms);
        if (n == 0) break;
        if (n < 0 && errno == EINTR) continue;
        const auto piece = std::min<std::size_t>(waiting_.size() - written, piece_);
        const auto taken = ::write(fd_, waiting_.data() + written, piece);
        if (taken >= 0)
            written += static_cast<std::size_t>(taken);
        else if (errno != EINTR && errno != EAGAIN)
            failure_.assign(errno, boost::system::system_category());
    }
    waiting_.erase(0, has_failed() ? waiting_.size() : written);
}

} // namespace redrive::cli
