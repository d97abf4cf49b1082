#include "auth/config_files.hpp"

#include <optional>
#include <string_view>
#include <utility>

#include "auth/bounded_file.hpp"

namespace redrive::auth {
namespace {

// `~` stands for the home folder only as the whole first component.
std::string expand_home(const std::string& path, const std::optional<std::string>& home) {
    const bool relative_to_home = path == "~" || path.starts_with("~/");
    return home && relative_to_home ? *home + path.substr(1) : path;
}

std::string shorten_home(const std::string& path, const std::optional<std::string>& home) {
    if (!home || !path.starts_with(*home + "/")) return path;
    return "~" + path.substr(home->size());
}

config_file_place locate(const environment& env,
                         std::string_view variable,
                         const char* usual_place) {
    const auto home = env.get("HOME");
    const auto given = env.get(variable);
    config_file_place place;
    place.asked_for_by_name = given.has_value();
    // Without a home folder the usual place is nowhere, not a folder called ~.
    if (!given && !home) return place;
    place.path = expand_home(given.value_or(usual_place), home);
    place.shown = shorten_home(place.path, home);
    return place;
}

bool is_continuation(unsigned char byte) noexcept {
    return (byte & 0xc0U) == 0x80U;
}

// How many bytes a UTF-8 sequence has that begins with `lead`; 0: none begins so.
std::size_t sequence_length(unsigned char lead) noexcept {
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead < 0xe0) return 2;
    if (lead >= 0xe0 && lead < 0xf0) return 3;
    if (lead >= 0xf0 && lead < 0xf5) return 4;
    return 0;
}

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto n = sequence_length(static_cast<unsigned char>(text.front()));
        if (n == 0 || n > text.size()) return false;
        for (std::size_t i = 1; i < n; ++i)
            if (!is_continuation(static_cast<unsigned char>(text[i]))) return false;
        text.remove_prefix(n);
    }
    return true;
}

struct read_result {
    config_text text;
    std::string warning; // empty: none
};

result<read_result> read_place(const config_file_place& place, const std::string& root) {
    read_result out{{{}, place.shown}, {}};
    if (place.path.empty()) return out;
    auto bytes = read_bounded_file(place.path.starts_with('/') ? root + place.path : place.path,
                                   longest_config_file);
    if (!bytes) {
        if (place.asked_for_by_name) out.warning = place.shown + " cannot be read; it is ignored";
    } else if (bytes->size() > longest_config_file) {
        return config_error{.message = place.shown + " is larger than 1 MiB; is it the right file?",
                            .file = place.shown};
    } else if (!is_utf8(*bytes)) {
        out.warning = place.shown + " is not valid UTF-8; it is ignored";
    } else {
        out.text.text = *std::move(bytes);
    }
    return out;
}

} // namespace

config_file_places locate_config_files(const environment& env) {
    return {locate(env, "AWS_CONFIG_FILE", "~/.aws/config"),
            locate(env, "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")};
}

result<shared_config> load_shared_config(const environment& env, const std::string& root) {
    const auto places = locate_config_files(env);
    auto config = read_place(places.config, root);
    if (!config) return config.error();
    auto credentials = read_place(places.credentials, root);
    if (!credentials) return credentials.error();
    auto merged = shared_config::parse(config->text, credentials->text);
    if (!merged) return merged;
    for (auto* warning : {&config->warning, &credentials->warning})
        if (!warning->empty()) merged->warn(std::move(*warning));
    return merged;
}

sourced<std::string> profile_choice(const environment& env) {
    constexpr const char* variable = "AWS_PROFILE";
    if (auto name = env.get(variable)) return {*std::move(name), variable};
    return {"default", "default"};
}

std::string selected_profile(const environment& env) {
    return profile_choice(env).value;
}

} // namespace redrive::auth
