#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "auth/environment.hpp"
#include "auth/settings.hpp"

namespace redrive::auth {

// A setting as people ask for it: what it is, and who said so.
struct explained_setting {
    std::string_view name;
    std::variant<std::monostate, std::string, bool, std::uint32_t> value; // nothing: not set
    std::string source;
};

// Every setting of `values`, the shared files, and the proxies. No value holds a secret: a proxy is
// its host and port only.
[[nodiscard]] std::vector<explained_setting> explain_settings(const settings& values,
                                                              const environment& env);

} // namespace redrive::auth
