#include "cli/console.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include "cli/terminal.hpp"
#include "cli/text_width.hpp"

namespace redrive::cli {

console::console(int fd, bool is_terminal, bool colors)
    : fd_{fd}, is_terminal_{is_terminal}, colors_{colors} {}

console::~console() {
    clear_status();
}

void console::say(std::string_view lines) {
    clear_status();
    if (lines.empty()) return;
    put(lines.ends_with('\n') ? std::string{lines} : fmt::format("{}\n", lines));
}

void console::warn(std::string_view line) {
    say(fmt::format("{} {}", painted("redrive:", style::warning, colors_), line));
}

void console::ask(std::string_view question) {
    clear_status();
    put(question);
}

void console::show_status(std::string_view line) {
    const auto width = terminal_width(fd_).value_or(80);
    // The last cell stays free: some terminals wrap when it is written.
    put(fmt::format("\r{}\x1b[K", shortened(line, width - 1)));
    has_status_ = true;
}

void console::clear_status() {
    if (has_status_) put("\r\x1b[K");
    has_status_ = false;
}

void console::put(std::string_view text) {
    while (!text.empty()) {
        const auto n = ::write(fd_, text.data(), text.size());
        if (n >= 0) {
            text.remove_prefix(static_cast<std::size_t>(n));
        } else if (errno == EAGAIN) {
            pollfd ready{.fd = fd_, .events = POLLOUT, .revents = 0};
            ::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return; // nobody is left to tell
        }
    }
}

} // namespace redrive::cli
