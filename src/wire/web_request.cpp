#include "wire/web_request.hpp"

#include "wire/request_buffer.hpp"

namespace redrive::wire {
namespace {

void append_header(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    append_value(out, value);
    out.append("\r\n");
}

bool has_length(const web_request& what) noexcept {
    return !what.body.empty() || what.method == "POST" || what.method == "PUT";
}

} // namespace

void append_request(std::string& out, const web_request& what) {
    append_value(out.append(what.method).append(" "), what.target);
    out.append(" HTTP/1.1\r\n");
    append_header(out, "Host", what.where.authority());
    for (const auto& [name, value] : what.headers)
        append_header(out, name, value);
    if (has_length(what)) append_header(out, "Content-Length", std::to_string(what.body.size()));
    out.append("Connection: close\r\n\r\n").append(what.body);
}

} // namespace redrive::wire
