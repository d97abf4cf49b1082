#include "auth/config_lookup.hpp"

#include <algorithm>

namespace redrive::auth {

std::string source_of(const config_group& profile, const config_value& value) {
    return "profile " + profile.name() + " in " + value.file;
}

std::optional<sourced<std::string>> config_lookup::in_environment(std::string_view name) const {
    auto value = env_->get(name);
    if (!value) return std::nullopt;
    return sourced<std::string>{*std::move(value), std::string{name}};
}

std::optional<sourced<std::string>> config_lookup::in_profile(std::string_view key) const {
    const auto* value = profile_ == nullptr ? nullptr : profile_->find(key);
    if (value == nullptr || value->text.empty()) return std::nullopt;
    return sourced<std::string>{value->text, source_of(*profile_, *value)};
}

std::optional<sourced<std::string>> config_lookup::text(std::string_view variable,
                                                        std::string_view key) const {
    if (auto value = in_environment(variable)) return value;
    return in_profile(key);
}

std::optional<bool> parse_boolean(std::string_view text) {
    const auto word = lower_case(without_outer_blanks(text));
    if (word == "true") return true;
    if (word == "false") return false;
    return std::nullopt;
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t longest = 80;
    std::string out{"'"};
    out.append(text.substr(0, longest));
    return out.append(text.size() > longest ? "...'" : "'");
}

std::string lower_case(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::string_view without_outer_blanks(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

} // namespace redrive::auth
