#include "cli/indented_json.hpp"

#include <cstddef>

namespace redrive::cli {
namespace {

// How long the text that begins with a quotation mark is, both marks included.
std::size_t quoted_length(std::string_view json) noexcept {
    std::size_t n = 1;
    while (n < json.size() && json[n] != '"')
        n += json[n] == '\\' ? 2 : 1;
    return n < json.size() ? n + 1 : json.size();
}

void begin_line(std::string& out, std::size_t depth) {
    out += '\n';
    out.append(2 * depth, ' ');
}

bool opens(char c) noexcept {
    return c == '{' || c == '[';
}
bool closes(char c) noexcept {
    return c == '}' || c == ']';
}

} // namespace

std::string indented(std::string_view json) {
    std::string out;
    std::size_t depth = 0;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"') {
            const auto length = quoted_length(json.substr(i));
            out += json.substr(i, length);
            i += length - 1;
            continue;
        }
        const bool was_empty = i > 0 && opens(json[i - 1]);
        if (closes(c) && depth > 0) --depth;
        if (closes(c) && !was_empty) begin_line(out, depth);
        out += c;
        if (c == ':') out += ' ';
        if (opens(c)) ++depth;
        const bool is_empty = opens(c) && i + 1 < json.size() && closes(json[i + 1]);
        if (c == ',' || (opens(c) && !is_empty)) begin_line(out, depth);
    }
    return out + '\n';
}

} // namespace redrive::cli
