#include "cli/terminal.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string_view>

#include "cli/style.hpp"

namespace redrive::cli {
namespace {

std::string_view variable(const char* name) noexcept {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

// Its own file description: making it non-blocking must not reach the shell's.
int open_to_ask(const char* path) noexcept {
    return ::open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

} // namespace

bool is_terminal(int fd) noexcept {
    return ::isatty(fd) == 1;
}

std::optional<std::size_t> terminal_width(int fd) noexcept {
    winsize size{};
    if (::ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return std::nullopt;
    return size.ws_col;
}

bool wants_colors(color_mode mode, int fd) {
    return wants_colors(mode,
                        color_environment{.is_terminal = is_terminal(fd),
                                          .no_color = variable("NO_COLOR"),
                                          .clicolor_force = variable("CLICOLOR_FORCE"),
                                          .term = variable("TERM")});
}

int open_terminal() noexcept {
    const int controlling = open_to_ask("/dev/tty");
    if (controlling >= 0) return controlling;
    std::array<char, 256> name{};
    if (::ttyname_r(STDIN_FILENO, name.data(), name.size()) != 0) return -1;
    return open_to_ask(name.data());
}

} // namespace redrive::cli
