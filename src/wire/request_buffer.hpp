#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "redrive/endpoint.hpp"

namespace redrive::wire {

// Appends the pieces of a request to a caller's buffer without allocating anything else.

inline void append_number(std::string& out, std::uint64_t value) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

// A header value from outside. No control byte passes, whatever a credentials file says: CR and LF
// would begin another header.
inline void append_value(std::string& out, std::string_view value) {
    const auto begin = out.size();
    out.append(value);
    for (auto i = begin; i < out.size(); ++i) {
        const auto byte = static_cast<unsigned char>(out[i]);
        out[i] = byte < 0x20 || byte == 0x7f ? '-' : out[i];
    }
}

// endpoint::authority(), without its string.
inline void append_authority(std::string& out, const endpoint& target) {
    const bool is_ipv6 = target.host.find(':') != std::string::npos;
    if (is_ipv6) out.push_back('[');
    append_value(out, target.host);
    if (is_ipv6) out.push_back(']');
    if (target.port == (target.tls ? 443 : 80)) return;
    out.push_back(':');
    append_number(out, target.port);
}

} // namespace redrive::wire
