#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/environment.hpp"
#include "auth/result.hpp"
#include "auth/shared_config.hpp"

namespace redrive::auth {

// A value and where it came from: "--region", "AWS_REGION", "profile prod-a in ~/.aws/config",
// "default". Empty with an empty source: nobody said.
template <class T>
struct sourced {
    T value{};
    std::string source;
};

// "profile prod-a in ~/.aws/config"
[[nodiscard]] std::string source_of(const config_group& profile, const config_value& value);

// Looks settings up where every AWS tool does: in the environment, then in the profile. Empty and
// blank count as not set.
class config_lookup {
  public:
    // `profile` may be null: none.
    config_lookup(const environment& env, const config_group* profile)
        : env_{&env}, profile_{profile} {}

    [[nodiscard]] std::optional<sourced<std::string>> in_environment(std::string_view name) const;
    [[nodiscard]] std::optional<sourced<std::string>> in_profile(std::string_view key) const;
    [[nodiscard]] std::optional<sourced<std::string>> text(std::string_view variable,
                                                           std::string_view key) const;

  private:
    const environment* env_;
    const config_group* profile_;
};

// `true` and `false` in any case; nothing for anything else.
[[nodiscard]] std::optional<bool> parse_boolean(std::string_view text);

// "The region 'a b' from AWS_REGION cannot be used; <remedy>"
[[nodiscard]] config_error unusable_setting(std::string_view what,
                                            const sourced<std::string>& value,
                                            std::string_view remedy);

// `text` in quotes, cut short: for a message about a value that nobody can bound.
[[nodiscard]] std::string in_quotes(std::string_view text);

} // namespace redrive::auth
