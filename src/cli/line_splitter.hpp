#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace redrive::cli {

struct input_line {
    std::uint64_t number = 0; // 1-based
    // Without its end; of a line that is too long, the beginning. The splitter's own bytes: until
    // it is called again.
    std::string_view text;
    bool too_long = false;
};

// Bytes in pieces of any size -> lines, in bounded memory.
class line_splitter {
  public:
    static constexpr std::size_t longest = 64 * 1024;

    void feed(std::string_view bytes);
    // What follows the last line end is a line too.
    void finish() noexcept { finished_ = true; }
    // The next whole line; nothing until more bytes or the end have come.
    [[nodiscard]] std::optional<input_line> next();
    // finish() was called and every line was handed out.
    [[nodiscard]] bool is_at_end() const noexcept {
        return finished_ && taken_ == waiting_.size() && !overflowed_;
    }

  private:
    [[nodiscard]] input_line take(std::size_t length);

    std::string waiting_;
    std::size_t taken_ = 0;   // of waiting_
    std::size_t scanned_ = 0; // of waiting_: no line end before this
    std::uint64_t lines_ = 0;
    bool finished_ = false;
    bool overflowed_ = false; // the beginning of the next line, which is too long, is in long_
    std::string long_;
};

} // namespace redrive::cli
