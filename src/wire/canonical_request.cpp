#include "wire/canonical_request.hpp"

#include <algorithm>
#include <utility>

#include "core/ascii.hpp"
#include "wire/percent_encoding.hpp"

namespace redrive::wire {
namespace {

constexpr bool is_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

constexpr int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// A percent sign without two digits behind it stands for itself.
std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                            hex_value(text[i + 2]) >= 0;
        if (!escape) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
        i += 2;
    }
    return out;
}

// RFC 3986 section 5.2.4, and empty segments vanish. A final `.` or `..` leaves a slash behind.
std::string without_dot_segments(std::string_view path) {
    std::vector<std::string_view> kept;
    bool ends_in_slash = true;
    while (!path.empty()) {
        const auto slash = path.find('/');
        const auto segment = path.substr(0, slash);
        path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
        ends_in_slash = slash != path.npos || segment == "." || segment == "..";
        if (segment == ".." && !kept.empty()) kept.pop_back();
        if (!segment.empty() && segment != "." && segment != "..") kept.push_back(segment);
    }
    std::string out;
    for (const auto segment : kept)
        out.append("/").append(segment);
    if (out.empty() || ends_in_slash) out += '/';
    return out;
}

// Runs of white space become one space, inside quotes as well.
void append_collapsed(std::string& out, std::string_view value) {
    bool after_space = false;
    for (const char c : trimmed(value)) {
        if (!is_space(c)) out += c;
        if (is_space(c) && !after_space) out += ' ';
        after_space = is_space(c);
    }
}

void append_values(std::string& out, const http_headers& headers, std::string_view name) {
    bool first = true;
    for (const auto& header : headers) {
        if (!same_header_name(header.name, name)) continue;
        if (!std::exchange(first, false)) out += ',';
        append_collapsed(out, header.value);
    }
}

} // namespace

std::string canonical_path(std::string_view path, const canonical_path_options& options) {
    const auto plain = options.normalize ? without_dot_segments(path) : std::string{path};
    std::string out;
    append_percent_encoded(out, plain, options.double_encode ? "/" : "/%");
    if (out.empty()) out += '/';
    return out;
}

std::string canonical_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parameters;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto parameter = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (parameter.empty()) continue;
        const auto equals = std::min(parameter.find('='), parameter.size());
        const auto value = parameter.substr(std::min(equals + 1, parameter.size()));
        auto& [encoded_name, encoded_value] = parameters.emplace_back();
        append_percent_encoded(encoded_name, decoded(parameter.substr(0, equals)), "");
        append_percent_encoded(encoded_value, decoded(value), "");
    }
    std::sort(parameters.begin(), parameters.end());
    std::string out;
    for (const auto& [name, value] : parameters) {
        if (!out.empty()) out += '&';
        out.append(name).append("=").append(value);
    }
    return out;
}

canonical_headers canonicalize(const http_headers& headers,
                               std::span<const std::string> lower_case_names) {
    canonical_headers out;
    for (const auto& name : lower_case_names) {
        out.lines.append(name).append(":");
        append_values(out.lines, headers, name);
        out.lines += '\n';
        if (!out.names.empty()) out.names += ';';
        out.names += name;
    }
    return out;
}

std::vector<std::string> sorted_names(const http_headers& headers) {
    std::vector<std::string> names;
    for (const auto& header : headers)
        names.push_back(lower(header.name));
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

} // namespace redrive::wire
