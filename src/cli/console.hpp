#pragma once

#include <string>
#include <string_view>

#include "cli/style.hpp"

namespace redrive::cli {

// stderr: lines for a person, and below them one status line that is replaced in place.
class console {
  public:
    console(int fd, bool is_terminal, bool colors);
    ~console();
    console(const console&) = delete;
    console& operator=(const console&) = delete;

    [[nodiscard]] bool is_terminal() const noexcept { return is_terminal_; }
    [[nodiscard]] bool colors() const noexcept { return colors_; }
    [[nodiscard]] int fd() const noexcept { return fd_; }

    // One or several lines that are escaped already; a line end is added where it is missing.
    void say(std::string_view lines);
    // `redrive: ` in front, in the colours of its kind.
    void warn(std::string_view line);
    // Without a line end: the answer follows it.
    void ask(std::string_view question);

    // Replaces the status line; for terminals only.
    void show_status(std::string_view line);
    void clear_status();

  private:
    void put(std::string_view text);

    int fd_;
    bool is_terminal_;
    bool colors_;
    bool has_status_ = false;
};

} // namespace redrive::cli
