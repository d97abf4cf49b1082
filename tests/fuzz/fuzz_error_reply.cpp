#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "redrive/diagnostics.hpp"
#include "wire/error_reply.hpp"

namespace {

// Takes one line, without its end.
std::string_view take_line(std::string_view& text) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

unsigned status_from(std::string_view line) {
    unsigned status = 0;
    for (const char c : line.substr(0, 3)) {
        if (c >= '0' && c <= '9') status = status * 10 + static_cast<unsigned>(c - '0');
    }
    return status;
}

} // namespace

// Input: a status line, `name: value` lines, an empty line, the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static redrive::wire::json_reader reader;
    std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto first = take_line(text);
    redrive::wire::http_headers headers;
    for (auto line = take_line(text); !line.empty(); line = take_line(text)) {
        const auto colon = line.find(": ");
        if (colon == std::string_view::npos) continue;
        headers.push_back(
            {std::string{line.substr(0, colon)}, std::string{line.substr(colon + 2)}});
    }
    const auto error = redrive::wire::read_error(status_from(first), {}, headers, text, reader);
    constexpr auto longest = redrive::diagnostics::longest_message;
    if (error.code.empty()) std::abort();
    if (error.code.size() > longest || error.type_code.size() > longest ||
        error.message.size() > longest || error.request_id.size() > longest)
        std::abort();
    if (error.type_code.find(':') != std::string::npos) std::abort();
    if (redrive::wire::is_throttling_code(error.code) &&
        error.meaning != redrive::service_errc::throttled)
        std::abort();
    return 0;
}
