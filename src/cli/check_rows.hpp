#pragma once

#include <string>
#include <vector>

#include "redrive/examination.hpp"

namespace redrive::cli {

// `redrive.check/1`, one JSON object.
[[nodiscard]] std::string check_row(const examination& of, const finding& what);
// `redrive.setting/1`.
[[nodiscard]] std::string setting_row(const examination& of, const explained_value& what);

// A checklist for a person, with a fix below what needs one.
[[nodiscard]] std::string checklist(const examination& of, bool colors);
[[nodiscard]] std::string setting_list(const examination& of, bool colors);

} // namespace redrive::cli
