#include "auth/environment.hpp"

#include <unistd.h>

#include <cstdlib>

#include "core/ascii.hpp"

namespace redrive::auth {
namespace {

std::optional<std::string> unless_blank(std::string_view text) {
    if (trimmed(text).empty()) return std::nullopt;
    return std::string{text};
}

} // namespace

std::optional<std::string> environment::get(std::string_view name) const {
    if (values_) {
        const auto found = values_->find(name);
        return found == values_->end() ? std::nullopt : unless_blank(found->second);
    }
    const char* value = std::getenv(std::string{name}.c_str());
    return value == nullptr ? std::nullopt : unless_blank(value);
}

std::vector<std::string> environment::assignments() const {
    std::vector<std::string> out;
    if (values_) {
        for (const auto& [name, value] : *values_)
            out.push_back(name + "=" + value);
    } else {
        for (char** each = ::environ; each != nullptr && *each != nullptr; ++each)
            out.emplace_back(*each);
    }
    return out;
}

} // namespace redrive::auth
