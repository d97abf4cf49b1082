// Any bytes as a stream of requests: read at once and byte by byte they are the same requests.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "wire/http_parser.hpp"

namespace {

using redrive::wire::http_error;
using redrive::wire::http_request;
using redrive::wire::request_parser;

std::string described(const http_request& request) {
    auto text = request.method + ' ' + request.target + '\n';
    for (const auto& [name, value] : request.headers)
        text += name + ':' + value + '\n';
    return text + request.body + (request.keep_alive ? "+" : "-");
}

std::vector<std::string> requests(std::string_view stream, std::size_t piece) {
    request_parser parser{{.header_bytes = 4096, .body_bytes = 4096}};
    std::vector<std::string> seen;
    while (!stream.empty() && parser.error() == http_error::none) {
        const auto used = parser.feed(stream.substr(0, piece));
        if (used > stream.size()) std::abort();
        stream.remove_prefix(used);
        if (parser.done()) {
            seen.push_back(described(parser.request()));
            parser.next();
        }
    }
    return seen;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view stream{reinterpret_cast<const char*>(data), size};
    if (requests(stream, stream.size()) != requests(stream, 1)) std::abort();
    return 0;
}
