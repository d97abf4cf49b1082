#include "cli/line_splitter.hpp"

#include <algorithm>
#include <utility>

namespace redrive::cli {

void line_splitter::feed(std::string_view bytes) {
    const auto done = std::exchange(taken_, 0);
    waiting_.erase(0, done);
    scanned_ -= std::min(scanned_, done);
    waiting_ += bytes;
}

std::optional<input_line> line_splitter::next() {
    const auto end = waiting_.find('\n', std::max(scanned_, taken_));
    if (end != std::string::npos) {
        auto line = take(end - taken_);
        scanned_ = ++taken_; // the line end
        return line;
    }
    scanned_ = waiting_.size();
    const auto rest = waiting_.size() - taken_;
    if (finished_ && (rest > 0 || overflowed_)) return take(rest);
    if (rest > longest) {
        if (!overflowed_) long_.assign(waiting_, taken_, longest);
        overflowed_ = true;
        taken_ = waiting_.size();
    }
    return std::nullopt;
}

input_line line_splitter::take(std::size_t length) {
    const auto whole = std::string_view{waiting_}.substr(taken_, length);
    const input_line line{
        .number = ++lines_,
        .text = overflowed_ ? std::string_view{long_} : whole.substr(0, longest),
        .too_long = overflowed_ || length > longest,
    };
    overflowed_ = false;
    taken_ += length;
    return line;
}

} // namespace redrive::cli
