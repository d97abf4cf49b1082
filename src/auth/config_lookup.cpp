#include "auth/config_lookup.hpp"

#include <algorithm>

#include "core/ascii.hpp"
#include "core/credential_words.hpp"

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
    const auto word = lower(trimmed(text));
    if (word == "true") return true;
    if (word == "false") return false;
    return std::nullopt;
}

config_error unusable_setting(std::string_view what,
                              const sourced<std::string>& value,
                              std::string_view remedy) {
    config_error error;
    error.message.append("The ").append(what).append(" ").append(in_quotes(value.value));
    error.message.append(" from ").append(value.source).append(" cannot be used; ").append(remedy);
    return error;
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t longest = 80;
    if (may_be_a_secret(text)) return "'(hidden: it may be a secret)'";
    std::string out{"'"};
    out.append(text.substr(0, longest));
    return out.append(text.size() > longest ? "...'" : "'");
}

} // namespace redrive::auth
