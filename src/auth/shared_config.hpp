#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auth/environment.hpp"
#include "auth/result.hpp"

namespace redrive::auth {

struct config_section;

struct config_value {
    std::string text;
    std::string file; // as people write it, such as ~/.aws/config
    std::size_t line = 0;
};

// A named set of properties: a profile, an sso-session, a services section.
class config_group {
  public:
    explicit config_group(std::string name) : name_{std::move(name)} {}

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    // Null when the key is absent. `key` is lower case.
    [[nodiscard]] const config_value* find(std::string_view key) const;
    // The text of a key; empty when it is absent.
    [[nodiscard]] std::string_view get(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const { return !get(key).empty(); }

    using values = std::map<std::string, config_value, std::less<>>;
    [[nodiscard]] const values& all() const noexcept { return values_; }

    void set(const std::string& key, config_value value) {
        values_.insert_or_assign(key, std::move(value));
    }

  private:
    std::string name_;
    values values_;
};

// Groups of one kind by name, in the order in which they were first written.
class config_groups {
  public:
    [[nodiscard]] const std::vector<config_group>& all() const noexcept { return groups_; }
    // Null when there is none of that name.
    [[nodiscard]] const config_group* find(std::string_view name) const;
    [[nodiscard]] config_group& find_or_add(const std::string& name);

  private:
    std::vector<config_group> groups_;
    std::map<std::string, std::size_t, std::less<>> places_;
};

// One of the two files: its text, and what errors and sources call it.
struct config_text {
    std::string text;
    std::string path;
};

// The shared config and credentials files, merged; the credentials file wins per key.
class shared_config {
  public:
    shared_config() = default; // as without any file
    // Of groups that were not read from files.
    shared_config(config_groups profiles, config_groups sso_sessions)
        : profiles_{std::move(profiles)}, sso_sessions_{std::move(sso_sessions)} {}

    // An error in either file refuses both.
    [[nodiscard]] static result<shared_config> parse(const config_text& config,
                                                     const config_text& credentials);

    // In file order, the config file first.
    [[nodiscard]] const std::vector<config_group>& profiles() const noexcept {
        return profiles_.all();
    }
    [[nodiscard]] const config_group* profile(std::string_view name) const;
    // The names of all profiles that match a glob with `*` and `?`, in file order.
    [[nodiscard]] std::vector<std::string> profiles_like(std::string_view glob) const;

    [[nodiscard]] const std::vector<config_group>& sso_sessions() const noexcept {
        return sso_sessions_.all();
    }
    [[nodiscard]] const config_group* sso_session(std::string_view name) const;
    [[nodiscard]] const config_group* services(std::string_view name) const;

    // Sections with any other prefix, `services` included: prefix -> groups.
    using other_groups = std::map<std::string, config_groups, std::less<>>;
    [[nodiscard]] const other_groups& other() const noexcept { return other_; }

    // What was ignored on the way: unreadable files that were asked for, odd names.
    [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return warnings_; }
    void warn(std::string text) { warnings_.push_back(std::move(text)); }

  private:
    void add_config(const std::vector<config_section>& sections, const std::string& path);
    void add_credentials(const std::vector<config_section>& sections, const std::string& path);

    void merge(config_groups& groups, const config_section& section, const std::string& path);

    config_groups profiles_;
    config_groups sso_sessions_;
    other_groups other_;
    std::vector<std::string> warnings_;
};

// Whether `text` matches a glob: `*` is any run of characters, `?` is one.
[[nodiscard]] bool glob_matches(std::string_view glob, std::string_view text) noexcept;

} // namespace redrive::auth
