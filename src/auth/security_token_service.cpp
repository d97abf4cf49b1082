#include "auth/security_token_service.hpp"

#include <algorithm>
#include <utility>

#include "auth/fetch_retries.hpp"
#include "auth/partitions.hpp"
#include "core/ascii.hpp"
#include "wire/hidden_secrets.hpp"
#include "wire/sts.hpp"

namespace redrive::auth {
namespace asio = boost::asio;

namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_token = 20'000; // of STS's own rules
constexpr std::size_t longest_session_name = 64;

// arn:PARTITION:iam::ACCOUNT:role/NAME
std::string_view partition_of(std::string_view role_arn) noexcept {
    if (!role_arn.starts_with("arn:")) return {};
    role_arn.remove_prefix(4);
    return role_arn.substr(0, role_arn.find(':'));
}

// Without a region the partition of the role says where to ask.
std::string region_for(const settings& config, std::string_view role_arn) {
    if (!config.region.value.empty()) return config.region.value;
    const auto* home = find_partition(partition_of(role_arn));
    return std::string{home ? home->implicit_region : all_partitions().front().implicit_region};
}

result<wire::sts_context> context_for(const source_context& context,
                                      const settings& config,
                                      std::string_view role_arn) {
    const auto where = config.endpoint_in(service::sts, region_for(config, role_arn));
    if (!where) return where.error();
    const auto target = parse_endpoint(where->url);
    if (!target) return source_failure("the endpoint of STS is not a URL: " + where->url);
    return wire::sts_context{*target, where->signing_region, context.user_agent};
}

std::string name_of(const wire::sts_context& where) {
    return "STS at " + where.target.authority();
}

flow::retry_class worth_another(const net::fetched& got) {
    if (got.ec || is_success(got)) return class_of_reply(got);
    const auto error =
        wire::read_sts_error(got.reply.status, got.reply.reason, got.reply.headers, got.reply.body);
    if (error.code == "IDPCommunicationError") return flow::retry_class::transient;
    return class_of_error(error);
}

fetch_plan plan_for(const settings& config) {
    fetch_plan plan;
    plan.most_attempts = config.max_attempts.value;
    plan.rules.ca_bundle = config.ca_bundle.value;
    plan.judge = worth_another;
    return plan;
}

// `told` is what a message may repeat of the request.
config_error refusal(const net::fetched& got,
                     const std::string& whom,
                     std::string_view what,
                     const wire::secret_words& told) {
    auto why = std::string{what} + " failed: " + why_it_failed(got, whom);
    if (got.ec) return source_failure(std::move(why));
    auto error =
        wire::read_sts_error(got.reply.status, got.reply.reason, got.reply.headers, got.reply.body);
    wire::hide_secrets(error, told);
    // Without a code it is not STS that speaks, and what is said may be the whole request.
    if (error.type_code.empty()) return source_failure(std::move(why));
    why += " " + error.type_code;
    if (!error.message.empty()) why += ": " + error.message;
    return source_failure(std::move(why));
}

result<loaded_credentials> read_role(const net::fetched& got,
                                     const std::string& whom,
                                     const std::string& role_arn,
                                     const wire::secret_words& told) {
    const auto what = "assuming " + role_arn;
    if (!is_success(got)) return refusal(got, whom, what, told);
    auto found = wire::read_role_credentials(got.reply.body);
    if (!found)
        return source_failure(what + " failed: " + whom + " answered what are no credentials");
    loaded_credentials out;
    out.keys = std::move(found->keys);
    out.expiry = found->expiry;
    out.usable_until = found->expiry;
    out.source = "role " + role_arn;
    return out;
}

bool is_session_name(std::string_view text) noexcept {
    return text.size() >= 2 && text.size() <= longest_session_name &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_alphanumeric(c) ||
                      std::string_view{"_+=,.@-"}.find(c) != std::string_view::npos;
           });
}

// What CloudTrail shows: our name, and when.
std::string session_name(const source_context& context) {
    return "redrive-" + std::to_string(context.wall_now().time_since_epoch().count());
}

result<std::string> session_name(const source_context& context, const std::string& given) {
    if (given.empty()) return session_name(context);
    if (is_session_name(given)) return given;
    config_error error;
    error.message = "The role_session_name " + in_quotes(given) +
                    " cannot be used; write 2 to 64 letters, digits and _+=,.@-";
    return error;
}

} // namespace

asio::awaitable<result<loaded_credentials>> assume_role(const source_context& context,
                                                        const settings& config,
                                                        credentials keys,
                                                        role_step role,
                                                        std::string policy) {
    const auto where = context_for(context, config, role.role_arn);
    if (!where) co_return where.error();
    auto name = session_name(context, role.session_name);
    if (!name) co_return name.error();
    wire::assume_role_input input;
    input.role_arn = role.role_arn;
    input.session_name = *std::move(name);
    input.external_id = role.external_id;
    input.duration_seconds = role.duration_seconds;
    input.policy = std::move(policy);
    auto plan = plan_for(config);
    if (!role.mfa_serial.empty()) {
        if (!context.ask_mfa)
            co_return source_failure("profile " + role.profile + " needs a code of the device " +
                                     role.mfa_serial + ", and nobody can be asked for it here");
        auto code = co_await context.ask_mfa(role.mfa_serial);
        if (!code) co_return code.error();
        input.mfa_serial = role.mfa_serial;
        input.mfa_code = *std::move(code);
        plan.most_attempts = 1; // a code is good for once
    }
    plan.make = [&] { return wire::assume_role_request(*where, keys, input, context.wall_now()); };
    const auto got = co_await fetch_with_retries(context, std::move(plan));
    const wire::secret_words told{keys.session_token.reveal(), input.mfa_code.reveal()};
    co_return read_role(got, name_of(*where), role.role_arn, told);
}

asio::awaitable<result<loaded_credentials>> assume_role_with_web_identity(
    const source_context& context, const settings& config, web_identity_source from) {
    const auto where = context_for(context, config, from.role_arn);
    if (!where) co_return where.error();
    auto name = session_name(context, from.session_name);
    if (!name) co_return name.error();
    const auto text = read_source_file(context, from.token_file);
    if (!text)
        co_return source_failure("the web identity token file " + from.token_file +
                                 " cannot be read");
    const auto token = trimmed(text->reveal(), "\r\n");
    if (token.empty() || token.size() > longest_token)
        co_return source_failure("the web identity token file " + from.token_file +
                                 (token.empty() ? " is empty" : " is too long for a token"));
    wire::web_identity_input input;
    input.role_arn = from.role_arn;
    input.session_name = *std::move(name);
    input.token = secret_text{token};
    auto plan = plan_for(config);
    plan.make = [&] { return wire::web_identity_request(*where, input); };
    const auto got = co_await fetch_with_retries(context, std::move(plan));
    const wire::secret_words told{input.token.reveal()};
    co_return read_role(got, name_of(*where), from.role_arn, told);
}

asio::awaitable<result<wire::caller_identity>> ask_caller_identity(const source_context& context,
                                                                   const settings& config,
                                                                   credentials keys) {
    const auto where = context_for(context, config, {});
    if (!where) co_return where.error();
    auto plan = plan_for(config);
    plan.make = [&] { return wire::caller_identity_request(*where, keys, context.wall_now()); };
    const auto got = co_await fetch_with_retries(context, std::move(plan));
    const wire::secret_words told{keys.session_token.reveal()};
    if (!is_success(got))
        co_return refusal(got, name_of(*where), "asking who the credentials are", told);
    auto who = wire::read_caller_identity(got.reply.body);
    if (!who) co_return source_failure(name_of(*where) + " answered what names no identity");
    co_return *std::move(who);
}

} // namespace redrive::auth
