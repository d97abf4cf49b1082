#include "auth/shared_config.hpp"

#include "auth/config_file.hpp"

#include <algorithm>

namespace redrive::auth {
namespace {

constexpr std::string_view default_profile = "default";

bool is_prefixed_default(const config_section& section) {
    return section.prefix == "profile" && section.name == default_profile;
}

std::string ignored(const config_section& section, const std::string& path, const char* why) {
    return path + ":" + std::to_string(section.line) + ": ignored a section " + why;
}

} // namespace

const config_value* config_group::find(std::string_view key) const {
    const auto found = values_.find(key);
    return found == values_.end() ? nullptr : &found->second;
}

std::string_view config_group::get(std::string_view key) const {
    const auto* value = find(key);
    return value == nullptr ? std::string_view{} : std::string_view{value->text};
}

const config_group* config_groups::find(std::string_view name) const {
    const auto found = places_.find(name);
    return found == places_.end() ? nullptr : &groups_[found->second];
}

config_group& config_groups::find_or_add(const std::string& name) {
    const auto [place, is_new] = places_.try_emplace(name, groups_.size());
    if (is_new) groups_.emplace_back(name);
    return groups_[place->second];
}

result<shared_config> shared_config::parse(const config_text& config,
                                           const config_text& credentials) {
    auto config_sections = parse_config_file(config.text, config.path);
    if (!config_sections) return config_sections.error();
    auto credentials_sections = parse_config_file(credentials.text, credentials.path);
    if (!credentials_sections) return credentials_sections.error();
    shared_config merged;
    merged.add_config(*config_sections, config.path);
    merged.add_credentials(*credentials_sections, credentials.path);
    return merged;
}

void shared_config::add_config(const std::vector<config_section>& sections,
                               const std::string& path) {
    const bool bare_default_loses =
        std::any_of(sections.begin(), sections.end(), is_prefixed_default);
    for (const auto& section : sections) {
        if (!is_config_name(section.name)) {
            warn(ignored(section, path, "whose name has unusual characters"));
        } else if (section.prefix == "profile") {
            merge(profiles_, section, path);
        } else if (section.prefix == "sso-session") {
            merge(sso_sessions_, section, path);
        } else if (!section.prefix.empty()) {
            merge(other_[section.prefix], section, path);
        } else if (section.name != default_profile) {
            warn(ignored(section, path, "that lacks the word profile before its name"));
        } else if (bare_default_loses) {
            warn(ignored(section, path, "[default] beside [profile default]"));
        } else {
            merge(profiles_, section, path);
        }
    }
}

void shared_config::add_credentials(const std::vector<config_section>& sections,
                                    const std::string& path) {
    for (const auto& section : sections) {
        if (!section.prefix.empty()) {
            warn(ignored(section, path, "of two words: here a profile is its bare name"));
        } else if (!is_config_name(section.name)) {
            warn(ignored(section, path, "whose name has unusual characters"));
        } else {
            merge(profiles_, section, path);
        }
    }
}

void shared_config::merge(config_groups& groups,
                          const config_section& section,
                          const std::string& path) {
    auto& group = groups.find_or_add(section.name);
    for (const auto& property : section.properties) {
        if (is_config_name(property.key)) {
            group.set(property.key, {property.value, path, property.line});
        } else {
            warn(path + ":" + std::to_string(property.line) +
                 ": ignored a property whose name has unusual characters");
        }
    }
}

const config_group* shared_config::profile(std::string_view name) const {
    return profiles_.find(name);
}

std::vector<std::string> shared_config::profiles_like(std::string_view glob) const {
    std::vector<std::string> names;
    for (const auto& group : profiles_.all())
        if (glob_matches(glob, group.name())) names.push_back(group.name());
    return names;
}

const config_group* shared_config::sso_session(std::string_view name) const {
    return sso_sessions_.find(name);
}

const config_group* shared_config::services(std::string_view name) const {
    const auto groups = other_.find("services");
    return groups == other_.end() ? nullptr : groups->second.find(name);
}

bool glob_matches(std::string_view glob, std::string_view text) noexcept {
    // The last star is the only point worth going back to, so no input takes more than
    // glob x text steps.
    std::size_t g = 0, t = 0;
    std::size_t star = std::string_view::npos, after_star = 0;
    while (t < text.size()) {
        if (g < glob.size() && glob[g] == '*') {
            star = g++;
            after_star = t;
        } else if (g < glob.size() && (glob[g] == '?' || glob[g] == text[t])) {
            ++g;
            ++t;
        } else if (star != std::string_view::npos) {
            g = star + 1;
            t = ++after_star;
        } else {
            return false;
        }
    }
    return glob.find_first_not_of('*', g) == std::string_view::npos;
}

} // namespace redrive::auth
