#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wire/http_header.hpp"

namespace redrive::wire {

// The canonical form of a request that SigV4 signs (AWS, "Create a signed AWS API request", step
// 1).

struct canonical_path_options {
    bool normalize = true;     // remove dot segments and empty segments
    bool double_encode = true; // percent signs are encoded again
};

[[nodiscard]] std::string canonical_path(std::string_view path,
                                         const canonical_path_options& options = {});

// `query` is what follows the question mark. A parameter without a value gets an empty one.
[[nodiscard]] std::string canonical_query(std::string_view query);

struct canonical_headers {
    std::string lines; // `name:value` and a line feed for each, sorted by name
    std::string names; // `a;b;c`
};

// Of the headers with these names (lower-case, sorted); one that the request lacks counts as empty.
[[nodiscard]] canonical_headers canonicalize(const http_headers& headers,
                                             std::span<const std::string> lower_case_names);

// The distinct names of the headers, in lower case and sorted.
[[nodiscard]] std::vector<std::string> sorted_names(const http_headers& headers);

} // namespace redrive::wire
