#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "redrive/errors.hpp"

namespace redrive::cli {

// stdout. A reader that is slow must not hold up a stop, so what does not fit waits here, up to a
// bound; only beyond it a write blocks.
class data_stream {
  public:
    static constexpr std::size_t most_waiting = 16 * 1024 * 1024;

    // `before_write` is called before anything becomes visible.
    explicit data_stream(int fd, std::function<void()> before_write = {});

    void write(std::string_view text);
    // Writes what the reader takes without waiting.
    void pump();
    // Writes everything, however long the reader takes.
    void flush();

    // The reader went away, or the disk is full; all further data is dropped.
    [[nodiscard]] bool has_failed() const noexcept { return failure_.failed(); }
    [[nodiscard]] bool reader_is_gone() const noexcept;
    [[nodiscard]] const error_code& failure() const noexcept { return failure_; }

  private:
    void write_some(int timeout_ms, std::size_t until);

    int fd_;
    std::size_t piece_; // what one write may take without blocking; less waits for company
    std::function<void()> before_write_;
    std::string waiting_;
    error_code failure_;
};

} // namespace redrive::cli
