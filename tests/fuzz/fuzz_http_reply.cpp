// Any bytes as a stream of replies: read at once and byte by byte they are the same replies.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "wire/http_parser.hpp"
#include "wire/json_reader.hpp"

namespace {

using redrive::wire::http_error;
using redrive::wire::http_reply;
using redrive::wire::json_reader;
using redrive::wire::reply_parser;

std::string described(const http_reply& reply) {
    if (reply.body.capacity() < reply.body.size() + json_reader::padding) std::abort();
    auto text = std::to_string(reply.status) + ' ' + reply.reason + '\n';
    for (const auto& [name, value] : reply.headers)
        text += name + ':' + value + '\n';
    return text + reply.body + (reply.keep_alive ? "+" : "-");
}

std::vector<std::string> replies(std::string_view stream, std::size_t piece) {
    reply_parser parser{{.header_bytes = 4096, .body_bytes = 4096}};
    std::vector<std::string> seen;
    while (!stream.empty() && parser.error() == http_error::none) {
        const auto used = parser.feed(stream.substr(0, piece));
        if (used > stream.size()) std::abort();
        stream.remove_prefix(used);
        if (parser.done()) {
            seen.push_back(described(parser.reply()));
            parser.next();
        }
    }
    parser.feed_eof();
    if (parser.done()) seen.push_back(described(parser.reply()));
    if (parser.done() && parser.error() != http_error::none) std::abort();
    return seen;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view stream{reinterpret_cast<const char*>(data), size};
    if (replies(stream, stream.size()) != replies(stream, 1)) std::abort();
    return 0;
}
