#pragma once

#include <cstddef>
#include <optional>

#include "cli/options.hpp"

namespace redrive::cli {

[[nodiscard]] bool is_terminal(int fd) noexcept;

// In cells; nothing when `fd` is no terminal or does not know.
[[nodiscard]] std::optional<std::size_t> terminal_width(int fd) noexcept;

// As the environment of this process and --color want it.
[[nodiscard]] bool wants_colors(color_mode mode, int fd);

// Opens the terminal of this process to ask a question on it, apart from stdin, which may hold
// targets; -1 when there is none.
[[nodiscard]] int open_terminal() noexcept;

} // namespace redrive::cli
