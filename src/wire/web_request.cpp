#include "wire/web_request.hpp"

#include "wire/digest.hpp"
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

std::size_t room_for(const web_request& what) noexcept {
    constexpr std::size_t fixed_parts = 512, around_a_header = 4;
    auto room = fixed_parts + what.target.size() + what.where.host.size() + what.body.size();
    for (const auto& [name, value] : what.headers)
        room += name.size() + value.size() + around_a_header;
    return room;
}

} // namespace

void append_request(std::string& out, const web_request& what) {
    out.reserve(out.size() + room_for(what)); // what grows leaves copies behind
    append_value(out.append(what.method).append(" "), what.target);
    out.append(" HTTP/1.1\r\n");
    append_header(out, "Host", what.where.authority());
    for (const auto& [name, value] : what.headers)
        append_header(out, name, value);
    if (has_length(what)) append_header(out, "Content-Length", std::to_string(what.body.size()));
    out.append("Connection: close\r\n\r\n").append(what.body);
}

void wipe(web_request& what) noexcept {
    for (auto& header : what.headers)
        wipe(header.value.data(), header.value.size());
    wipe(what.body.data(), what.body.size());
}

} // namespace redrive::wire
