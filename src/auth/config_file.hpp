#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "auth/result.hpp"

namespace redrive::auth {

// One shared file of AWS as it is written: sections in order, nothing merged, nothing dropped.
// Grammar: AWS SDKs and Tools Reference Guide, "Shared config and credentials files".

struct config_property {
    std::string key;   // lower case
    std::string value; // trimmed; each continuation line after a line feed
    std::size_t line = 0;
};

struct config_section {
    std::string prefix; // `profile`, `sso-session`, ...; empty for a bare name
    std::string name;
    std::size_t line = 0;
    std::vector<config_property> properties;
};

// `path` is only what an error calls the file.
[[nodiscard]] result<std::vector<config_section>> parse_config_file(std::string_view text,
                                                                    std::string_view path);

// Whether a section or a key may be so called; others are ignored, not refused.
[[nodiscard]] bool is_config_name(std::string_view text) noexcept;

// One entry of a property whose value is a block: `sqs =` and, indented, `endpoint_url = ...`.
// Empty when absent.
[[nodiscard]] std::string_view sub_property(std::string_view block, std::string_view key) noexcept;

} // namespace redrive::auth
