#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace redrive::wire {

// Changes members of a document that others write too: all that is not changed stays byte for byte.
// Names compare as in credential_json.hpp.

struct json_change {
    std::string_view name;
    std::string value; // JSON
};

// The object with every member of such a name set, or one of that name at its end. Nothing when the
// text is no JSON object, or too long for one of credentials.
[[nodiscard]] std::optional<std::string> with_members(std::string_view json,
                                                      const std::vector<json_change>& changes);

// The text of the last member of that name; nothing when there is none.
[[nodiscard]] std::optional<std::string_view> member_text(std::string_view json,
                                                          std::string_view name);

[[nodiscard]] std::string json_text(std::string_view value);

} // namespace redrive::wire
