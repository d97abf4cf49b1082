#include "auth/login_session.hpp"

#include <string>
#include <utility>

#include "auth/fetch_retries.hpp"
#include "wire/digest.hpp"
#include "wire/login.hpp"

namespace redrive::auth {
namespace asio = boost::asio;

namespace {

using namespace std::chrono_literals;

constexpr auto renewed_ahead = 5min;

struct cached_session {
    wire::login_cache held;
    std::string path;
    secret_text text; // of the file
};

result<std::string> path_for(const source_context& context, const login_source& from) {
    const auto file = wire::login_cache_file_name(from.session);
    if (const auto folder = context.env.get("AWS_LOGIN_CACHE_DIRECTORY"))
        return *folder + "/" + file;
    if (auto path = in_home(context, ".aws/login/cache/" + file)) return *std::move(path);
    return source_failure("HOME is not set, so that no login session can be found");
}

result<cached_session> find_session(const source_context& context, const login_source& from) {
    auto path = path_for(context, from);
    if (!path) return path.error();
    auto text = read_source_file(context, *path);
    if (!text)
        return source_failure("there is no login session for " + in_quotes(from.session) +
                              "; run: aws login");
    auto read = wire::read_login_cache(text->reveal());
    if (const auto* why = std::get_if<std::string>(&read))
        return source_failure("the login session for " + in_quotes(from.session) +
                              " cannot be used: " + *why + "; run: aws login");
    return cached_session{
        std::get<wire::login_cache>(std::move(read)), *std::move(path), *std::move(text)};
}

result<endpoint> sign_in_endpoint(const settings& config) {
    const auto where = config.endpoint_in(service::signin, config.region.value);
    if (!where) return where.error();
    const auto parsed = parse_endpoint(where->url);
    if (!parsed) return source_failure("the endpoint of AWS Sign-In is not a URL: " + where->url);
    return *parsed;
}

config_error refusal(const net::fetched& got) {
    const auto why = why_it_failed(got, "AWS Sign-In");
    // What cannot be reached, or is broken, does not get better by another login.
    if (got.ec || got.reply.status >= 500) return source_failure(why);
    return source_failure(why + ": " + wire::explain_login_refusal(got.reply.body));
}

asio::awaitable<std::optional<config_error>> refresh(const source_context& context,
                                                     const settings& config,
                                                     cached_session& session) {
    const auto where = sign_in_endpoint(config);
    if (!where) co_return where.error();
    auto& held = session.held;
    const auto request = [&] {
        wire::dpop_stamp stamp;
        stamp.jti = context.new_uuid();
        stamp.issued_at = context.wall_now();
        return wire::login_refresh_request(*where, held, stamp);
    };
    auto first = request();
    if (!first) co_return source_failure("the login session's key cannot be used; run: aws login");
    fetch_plan plan;
    plan.most_attempts = config.max_attempts.value;
    plan.rules.ca_bundle = config.ca_bundle.value;
    plan.judge = class_of_json_reply;
    plan.make = [&] { return first ? *std::exchange(first, std::nullopt) : *request(); };
    const auto got = co_await fetch_with_retries(context, std::move(plan));
    if (!is_success(got)) co_return refusal(got);
    auto fresh = wire::read_login_refresh(got.reply.body);
    if (!fresh) co_return source_failure("AWS Sign-In answered what are no credentials");
    fresh->current.keys.account_id = held.current.keys.account_id;
    held.current = std::move(fresh->current);
    held.current.expiry = context.wall_now() + std::chrono::seconds{fresh->expires_in_seconds};
    held.refresh_token = std::move(fresh->refresh_token);
    if (auto text = wire::updated_login_cache(session.text.reveal(), held)) {
        static_cast<void>(replace_source_file(context, session.path, *text));
        wire::wipe(text->data(), text->size());
    }
    co_return std::nullopt;
}

} // namespace

asio::awaitable<result<loaded_credentials>> login_credentials(const source_context& context,
                                                              const settings& config,
                                                              login_source from) {
    auto session = find_session(context, from);
    if (!session) co_return session.error();
    auto& current = session->held.current;
    if (current.expiry && *current.expiry - renewed_ahead <= context.wall_now()) {
        const auto error = co_await refresh(context, config, *session);
        // What is still good for minutes serves until then.
        if (error && *current.expiry <= context.wall_now()) co_return *error;
    }
    loaded_credentials out;
    out.keys = std::move(current.keys);
    out.expiry = current.expiry;
    out.usable_until = current.expiry;
    out.source = "login session " + from.session;
    co_return out;
}

} // namespace redrive::auth
