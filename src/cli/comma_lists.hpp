#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace redrive::cli {

// What an option that is repeatable and takes comma lists was given, in order; empty elements too,
// for whoever reads them to refuse. The views are into `lists`.
[[nodiscard]] std::vector<std::string_view> elements_of(const std::vector<std::string>& lists);

} // namespace redrive::cli
