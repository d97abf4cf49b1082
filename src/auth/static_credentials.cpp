#include "auth/static_credentials.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "auth/config_lookup.hpp"
#include "core/ascii.hpp"
#include "core/credential_words.hpp"
#include "redrive/queue_arn.hpp"

namespace redrive::auth {
namespace {

using found_credentials = std::optional<loaded_credentials>;

config_error failure(std::string message) {
    config_error error;
    error.message = std::move(message);
    return error;
}

// The four texts of static credentials, each with what messages call it.
struct raw_credentials {
    std::string_view id, secret, token, account;
    std::array<std::string_view, 4> names;
    std::string source;
};

std::optional<config_error> check(const raw_credentials& raw) {
    const auto where = [&raw](std::string_view name) {
        return std::string{name} + " in the " + raw.source;
    };
    const auto refuse = [&where](std::string_view name, const std::string& why) {
        return failure(where(name) + " " + why);
    };
    const std::string unprintable =
        "is too long or holds blanks or control characters; set it again";
    if (!is_credential_word(raw.id, longest_key)) return refuse(raw.names[0], unprintable);
    if (!is_credential_word(raw.secret, longest_key)) return refuse(raw.names[1], unprintable);
    if (!is_credential_word(raw.token, longest_session_token))
        return refuse(raw.names[2], unprintable);
    return check_account_id(raw.account, where(raw.names[3]));
}

result<loaded_credentials> take(const raw_credentials& raw) {
    if (auto error = check(raw)) return *std::move(error);
    loaded_credentials out;
    out.keys.access_key_id = raw.id;
    out.keys.secret_access_key = secret_text{raw.secret};
    out.keys.session_token = secret_text{raw.token};
    out.keys.account_id = raw.account;
    out.source = raw.source;
    return out;
}

config_error half_a_pair(const config_group& profile,
                         std::string_view present,
                         std::string_view missing) {
    return failure("The credentials in " + source_of(profile, *profile.find(present)) +
                   " are not whole: profile missing " + std::string{missing} +
                   "; add it, or remove " + std::string{present});
}

} // namespace

result<loaded_credentials> environment_credentials(const environment& env) {
    const auto id = env.get("AWS_ACCESS_KEY_ID");
    const auto secret = env.get("AWS_SECRET_ACCESS_KEY");
    if (!id) return not_configured("AWS_ACCESS_KEY_ID is not set");
    if (!secret) return not_configured("AWS_SECRET_ACCESS_KEY is not set");
    const auto token = env.get("AWS_SESSION_TOKEN").value_or("");
    const auto account = env.get("AWS_ACCOUNT_ID").value_or("");
    // Secrets that were mounted from files often end in a line feed.
    return take(
        {trimmed(*id),
         trimmed(*secret),
         trimmed(token),
         trimmed(account),
         {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCOUNT_ID"},
         "environment"});
}

result<found_credentials> profile_keys(const config_group& profile) {
    constexpr std::string_view id = "aws_access_key_id";
    constexpr std::string_view secret = "aws_secret_access_key";
    constexpr std::string_view token = "aws_session_token";
    constexpr std::string_view account = "aws_account_id";
    if (!profile.has(id) && !profile.has(secret) && !profile.has(token)) return found_credentials{};
    if (!profile.has(id)) return half_a_pair(profile, profile.has(secret) ? secret : token, id);
    if (!profile.has(secret)) return half_a_pair(profile, id, secret);
    auto found = take({profile.get(id),
                       profile.get(secret),
                       profile.get(token),
                       profile.get(account),
                       {id, secret, token, account},
                       source_of(profile, *profile.find(id))});
    if (!found) return found.error();
    return found_credentials{*std::move(found)};
}

std::optional<config_error> check_account_id(std::string_view id, const std::string& where) {
    if (id.empty() || is_account_id(id)) return std::nullopt;
    return failure(where + " is not an account id; write its 12 digits");
}

} // namespace redrive::auth
