#include "auth/profile_source.hpp"

#include <utility>

#include "auth/cli_cache.hpp"
#include "auth/container.hpp"
#include "auth/credential_features.hpp"
#include "auth/credential_process.hpp"
#include "auth/identity_center.hpp"
#include "auth/login_session.hpp"
#include "auth/metadata_service.hpp"
#include "auth/profile_chain.hpp"
#include "auth/security_token_service.hpp"
#include "auth/static_credentials.hpp"

namespace redrive::auth {
namespace asio = boost::asio;

namespace {

using answer = asio::awaitable<result<loaded_credentials>>;

// The base of a chain, each kind by its own source. Alive until the coroutine that it began ended.
class base_loader {
  public:
    base_loader(const source_context& context, const settings& config, const profile_chain& chain)
        : context_{context}, config_{config}, chain_{chain} {}

    answer operator()(const static_keys& from) const {
        loaded_credentials out;
        out.keys = from.keys;
        out.source = chain_.base_source;
        co_return out;
    }
    answer operator()(named_source from) const {
        switch (from) {
        case named_source::environment: co_return environment_credentials(context_.env);
        case named_source::ecs_container:
            co_return co_await container_credentials(context_, config_);
        case named_source::ec2_instance_metadata: break;
        }
        metadata_service imds{context_, config_};
        co_return co_await imds.credentials();
    }
    answer operator()(const web_identity_source& from) const {
        return assume_role_with_web_identity(context_, config_, from);
    }
    answer operator()(const sso_source& from) const {
        return identity_center_credentials(context_, config_, from);
    }
    answer operator()(const process_source& from) const {
        return process_credentials(context_, from);
    }
    answer operator()(const login_source& from) const {
        return login_credentials(context_, config_, from);
    }

  private:
    const source_context& context_;
    const settings& config_;
    const profile_chain& chain_;
};

// The profile asks for this source, so that nobody else may answer in its place.
config_error demanded(const config_error& error, const std::string& profile) {
    return source_failure("profile " + profile +
                          " needs a source of credentials that has none "
                          "(provider was not enabled): " +
                          error.message);
}

// Where a chain of roles begins: after the last one that the AWS CLI keeps, or before the first.
struct beginning {
    loaded_credentials held; // of that role
    std::size_t roles_left;
};

beginning last_kept_by_cli(const source_context& context, const std::vector<role_step>& roles) {
    for (std::size_t left = 0; left < roles.size(); ++left)
        if (auto kept = kept_by_cli(context, roles[roles.size() - 1 - left]))
            return {*std::move(kept), left};
    return {{}, roles.size()};
}

bool gives_only_a_token(const chain_base& base) {
    const auto* sso = std::get_if<sso_source>(&base);
    return sso != nullptr && (sso->account_id.empty() || sso->role_name.empty());
}

} // namespace

asio::awaitable<result<loaded_credentials>> profile_chain_credentials(const source_context& context,
                                                                      const shared_config& files,
                                                                      std::string profile) {
    const auto chain = resolve_profile_chain(files, profile);
    if (!chain) co_return chain.error();
    const sourced<std::string> selected{profile, "--profile"};
    const auto config = resolve_selected_settings(context.given, context.env, files, selected);
    if (!config) co_return config.error();
    auto begun = last_kept_by_cli(context, chain->roles);
    result<loaded_credentials> held{std::move(begun.held)};
    if (begun.roles_left == chain->roles.size()) {
        const base_loader load{context, *config, *chain};
        held = co_await std::visit(load, chain->base);
    }
    if (!held) {
        const bool may_go_on = gives_only_a_token(chain->base) && chain->roles.empty();
        if (is_not_configured(held.error()) && !may_go_on)
            co_return demanded(held.error(), profile);
        co_return held.error();
    }
    for (std::size_t left = begun.roles_left; left > 0; --left) {
        const auto& role = chain->roles[chain->roles.size() - left];
        auto next = co_await assume_role(context, *config, std::move(held->keys), role);
        if (!next) co_return next.error();
        held = std::move(next);
    }
    held->source = "profile " + profile + ": " + held->source;
    held->features = features_of(*chain);
    co_return held;
}

} // namespace redrive::auth
