#include "wire/http_header.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace redrive::wire {
namespace {

const http_header* find(const http_headers& headers, std::string_view name) noexcept {
    const auto found = std::find_if(headers.begin(), headers.end(), [&](const http_header& header) {
        return same_header_name(header.name, name);
    });
    return found == headers.end() ? nullptr : &*found;
}

} // namespace

bool same_header_name(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char left, char right) {
        return lower(left) == lower(right);
    });
}

std::string_view find_header(const http_headers& headers, std::string_view name) noexcept {
    const auto* header = find(headers, name);
    return header ? std::string_view{header->value} : std::string_view{};
}

bool has_header(const http_headers& headers, std::string_view name) noexcept {
    return find(headers, name) != nullptr;
}

} // namespace redrive::wire
