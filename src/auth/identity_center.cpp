#include "auth/identity_center.hpp"

#include <string>
#include <utility>

#include "auth/fetch_retries.hpp"
#include "wire/digest.hpp"
#include "wire/sso.hpp"

namespace redrive::auth {
namespace asio = boost::asio;

namespace {

using namespace std::chrono_literals;

constexpr auto refreshed_ahead = 5min;

std::string sign_in_again(const sso_source& from) {
    return from.session.empty() ? "; run: aws sso login"
                                : "; run: aws sso login --sso-session " + from.session;
}

result<endpoint> endpoint_of(const settings& config, service which, const std::string& region) {
    const auto where = config.endpoint_in(which, region);
    if (!where) return where.error();
    const auto parsed = parse_endpoint(where->url);
    if (!parsed) return source_failure("an endpoint of SSO is not a URL: " + where->url);
    return *parsed;
}

fetch_plan plan_for(const settings& config) {
    fetch_plan plan;
    plan.most_attempts = config.max_attempts.value;
    plan.rules.ca_bundle = config.ca_bundle.value;
    plan.judge = class_of_json_reply;
    return plan;
}

struct cached_token {
    wire::sso_token token;
    std::string path;
    secret_text text; // of the file
};

result<cached_token> find_token(const source_context& context, const sso_source& from) {
    const auto& key = from.session.empty() ? from.start_url : from.session;
    const auto path = in_home(context, ".aws/sso/cache/" + wire::sso_cache_file_name(key));
    if (!path) return source_failure("HOME is not set, so that no SSO token can be found");
    auto text = read_source_file(context, *path);
    if (!text)
        return source_failure("there is no SSO token for " + in_quotes(key) + sign_in_again(from));
    auto read = wire::read_sso_token(text->reveal());
    if (const auto* why = std::get_if<std::string>(&read))
        return source_failure("the SSO token for " + in_quotes(key) + " cannot be used: " + *why +
                              sign_in_again(from));
    return cached_token{std::get<wire::sso_token>(std::move(read)), *path, *std::move(text)};
}

// Why that failed, or nothing. The token keeps what it was then; whether it is still good is the
// caller's question.
asio::awaitable<std::string> refresh(const source_context& context,
                                     const settings& config,
                                     const sso_source& from,
                                     cached_token& held) {
    const auto where = endpoint_of(config, service::sso_oidc, from.region);
    if (!where) co_return where.error().message;
    auto plan = plan_for(config);
    plan.make = [&] { return wire::sso_refresh_request(*where, held.token); };
    const auto got = co_await fetch_with_retries(context, std::move(plan));
    if (!is_success(got)) co_return why_it_failed(got, "SSO OIDC");
    auto fresh = wire::read_sso_refresh(got.reply.body);
    if (!fresh) co_return "SSO OIDC answered what is no token";
    held.token.access_token = std::move(fresh->access_token);
    held.token.expires_at = context.wall_now() + std::chrono::seconds{fresh->expires_in_seconds};
    if (!fresh->refresh_token.empty()) held.token.refresh_token = std::move(fresh->refresh_token);
    held.token.region = from.region;
    // Others who read the file would use the old refresh token, which may be good for once only.
    if (auto text = wire::updated_sso_token(held.text.reveal(), held.token)) {
        static_cast<void>(replace_source_file(context, held.path, *text));
        wire::wipe(text->data(), text->size());
    }
    co_return std::string{};
}

asio::awaitable<result<cached_token>> usable_token(const source_context& context,
                                                   const settings& config,
                                                   const sso_source& from) {
    auto held = find_token(context, from);
    if (!held) co_return held;
    const auto now = context.wall_now();
    const auto expires = held->token.expires_at;
    const bool soon = expires && *expires - refreshed_ahead <= now;
    std::string why;
    if (soon && !from.session.empty() && wire::may_refresh(held->token, now))
        why = co_await refresh(context, config, from, *held);
    if (!why.empty()) why = " and cannot be refreshed: " + why;
    if (held->token.expires_at && *held->token.expires_at <= context.wall_now())
        co_return source_failure("the SSO token has expired" + why + sign_in_again(from));
    co_return held;
}

config_error refusal(const net::fetched& got, const sso_source& from) {
    if (got.ec) return source_failure(why_it_failed(got, "SSO"));
    auto why = "SSO refuses role " + from.role_name + " in account " + from.account_id + ": it " +
               "answered " + std::to_string(got.reply.status);
    if (got.reply.status == 401) why += sign_in_again(from);
    if (got.reply.status == 403) why += "; the role is not assigned to you";
    return source_failure(std::move(why));
}

} // namespace

asio::awaitable<result<loaded_credentials>> identity_center_credentials(
    const source_context& context, const settings& config, sso_source from) {
    if (from.account_id.empty() || from.role_name.empty())
        co_return not_configured("the profile has an SSO token but neither sso_account_id nor "
                                 "sso_role_name, which credentials need");
    const auto held = co_await usable_token(context, config, from);
    if (!held) co_return held.error();
    const auto where = endpoint_of(config, service::sso, from.region);
    if (!where) co_return where.error();
    auto plan = plan_for(config);
    plan.make = [&] {
        return wire::sso_credentials_request(
            *where, held->token.access_token, from.account_id, from.role_name);
    };
    const auto got = co_await fetch_with_retries(context, std::move(plan));
    if (!is_success(got)) co_return refusal(got, from);
    auto found = wire::read_sso_credentials(got.reply.body);
    if (!found) co_return source_failure("SSO answered what are no credentials");
    loaded_credentials out;
    out.keys = std::move(found->keys);
    out.keys.account_id = from.account_id;
    out.expiry = found->expiry;
    out.usable_until = found->expiry;
    out.source = "SSO role " + from.role_name + " in account " + from.account_id;
    co_return out;
}

} // namespace redrive::auth
