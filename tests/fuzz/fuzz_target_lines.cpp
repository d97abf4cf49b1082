#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "cli/line_splitter.hpp"

namespace {

using redrive::cli::line_splitter;

void drain(line_splitter& lines, std::vector<std::string>& out) {
    while (auto line = lines.next()) {
        if (line->text.size() > line_splitter::longest) std::abort();
        out.emplace_back(line->text);
        if (line->number != out.size()) std::abort();
    }
}

std::vector<std::string> split(std::string_view text, std::size_t piece) {
    line_splitter lines;
    std::vector<std::string> out;
    for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
        lines.feed(text.substr(0, piece));
        drain(lines, out);
    }
    lines.finish();
    drain(lines, out);
    if (!lines.is_at_end()) std::abort();
    return out;
}

} // namespace

// Lines do not depend on the pieces in which they come.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (split(text, 7) != split(text, size + 1)) std::abort();
    return 0;
}
