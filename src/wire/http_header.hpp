#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace redrive::wire {

struct http_header {
    std::string name; // as it came or is sent; compared without case
    std::string value;
};

using http_headers = std::vector<http_header>;

// Field names compare without case, in ASCII only (RFC 9110 section 5.1).
[[nodiscard]] bool same_header_name(std::string_view a, std::string_view b) noexcept;

// The value of the first header of that name, compared without case; empty when absent.
[[nodiscard]] std::string_view find_header(const http_headers& headers,
                                           std::string_view name) noexcept;
[[nodiscard]] bool has_header(const http_headers& headers, std::string_view name) noexcept;

} // namespace redrive::wire
