#include "auth/default_chain.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "auth/config_files.hpp"
#include "auth/container.hpp"
#include "auth/credential_features.hpp"
#include "auth/metadata_service.hpp"
#include "auth/profile_source.hpp"
#include "auth/security_token_service.hpp"
#include "auth/static_credentials.hpp"

namespace redrive::auth {
namespace asio = boost::asio;

namespace {

using answer = asio::awaitable<result<loaded_credentials>>;

// One walk along the chain. The files are read when the first link needs them, so that keys in the
// environment work beside a broken file.
class walk {
  public:
    explicit walk(const source_context& context)
        : context_{context}, profile_{selected_profile(context.env)} {}

    answer from_environment() { co_return environment_credentials(context_.env); }

    answer from_profile() {
        files_ = load_shared_config(context_.env, context_.file_root);
        if (!files_) co_return files_.error();
        co_return co_await profile_chain_credentials(context_, *files_, profile_);
    }

    answer from_web_identity() {
        const auto file = context_.env.get("AWS_WEB_IDENTITY_TOKEN_FILE");
        const auto role = context_.env.get("AWS_ROLE_ARN");
        if (!file) co_return not_configured("AWS_WEB_IDENTITY_TOKEN_FILE is not set");
        if (!role) co_return not_configured("AWS_ROLE_ARN is not set");
        if (auto bad = unresolved()) co_return *std::move(bad);
        web_identity_source from;
        from.role_arn = *role;
        from.token_file = *file;
        from.session_name = context_.env.get("AWS_ROLE_SESSION_NAME").value_or("");
        co_return co_await assume_role_with_web_identity(context_, *config_, std::move(from));
    }

    answer from_container() {
        if (auto bad = unresolved()) co_return *std::move(bad);
        co_return co_await container_credentials(context_, *config_);
    }

    answer from_machine() {
        if (auto bad = unresolved()) co_return *std::move(bad);
        metadata_service imds{context_, *config_};
        co_return co_await imds.credentials();
    }

  private:
    // Resolves the settings once; an error: they cannot be used.
    std::optional<config_error> unresolved() {
        if (!has_settings_)
            config_ =
                resolve_selected_settings(context_.given, context_.env, *files_, std::nullopt);
        has_settings_ = true;
        return config_ ? std::nullopt : std::optional{config_.error()};
    }

    const source_context& context_;
    std::string profile_;
    result<shared_config> files_{shared_config{}};
    result<settings> config_{settings{}};
    bool has_settings_ = false;
};

struct link {
    std::string_view name;
    answer (walk::*ask)();
    std::string_view features; // empty: it says so itself
};

constexpr std::array<link, 5> links{
    {{"environment", &walk::from_environment, features::environment},
     {"profile", &walk::from_profile, {}},
     {"web_identity", &walk::from_web_identity, features::environment_web_identity},
     {"container", &walk::from_container, features::container},
     {"imds", &walk::from_machine, features::imds}}};

config_error nobody(std::vector<tried_source> tried) {
    std::string why = "no credentials were found";
    for (const auto& each : tried)
        why += "; " + each.provider + ": " + each.why;
    why += ". Set AWS_PROFILE or pass --profile, run `aws sso login`, or run `aws configure`";
    auto out = not_configured(std::move(why));
    out.tried = std::move(tried);
    return out;
}

answer of_profile(const source_context& context, std::string profile) {
    const auto files = load_shared_config(context.env, context.file_root);
    if (!files) co_return files.error();
    auto found = co_await profile_chain_credentials(context, *files, profile);
    if (found) {
        found->provider = "profile";
        co_return found;
    }
    auto error = found.error();
    error.tried.push_back({"profile", error.message});
    co_return error;
}

} // namespace

asio::awaitable<result<loaded_credentials>> find_credentials(const source_context& context,
                                                             std::optional<std::string> profile) {
    if (profile) co_return co_await of_profile(context, *std::move(profile));
    walk along{context};
    std::vector<tried_source> tried;
    for (const auto& each : links) {
        auto found = co_await (along.*each.ask)();
        if (found) {
            found->provider = each.name;
            if (!each.features.empty()) found->features = each.features;
            co_return found;
        }
        auto error = found.error();
        tried.push_back({std::string{each.name}, error.message});
        if (is_not_configured(error)) continue;
        error.tried = std::move(tried);
        co_return error;
    }
    co_return nobody(std::move(tried));
}

} // namespace redrive::auth
