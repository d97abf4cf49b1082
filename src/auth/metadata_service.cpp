#include "auth/metadata_service.hpp"

#include <algorithm>
#include <utility>

#include "auth/fetch_retries.hpp"
#include "auth/metadata_reply.hpp"
#include "core/ascii.hpp"
#include "core/credential_words.hpp"
#include "redrive/queue_arn.hpp"

namespace redrive::auth {
namespace asio = boost::asio;

namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t most_attempts = 4;
constexpr auto time_to_connect = 1s;
constexpr auto time_to_answer = 1s;
constexpr auto longest_in_all = 30s;
constexpr std::string_view imds_name = "the EC2 metadata service";
constexpr std::string_view token_ttl = "21600"; // seconds
// How long expired credentials are used that the service goes on handing out.
constexpr auto extension = 10min;
constexpr auto most_more = 5min;

fetch_rules rules() {
    fetch_rules out;
    out.limits.open.connect = time_to_connect;
    out.limits.open.tls = time_to_connect;
    out.limits.answer = time_to_answer;
    out.through = net::transport::way::direct;
    return out;
}

// Silence is never asked again: that would hold up every machine that is not in EC2.
flow::retry_class worth_another(const net::fetched& got) {
    if (is_success(got)) return flow::retry_class::success;
    if (!got.ec && (got.reply.status >= 500 || got.reply.status == 401))
        return flow::retry_class::transient;
    return flow::retry_class::not_retryable;
}

bool is_role_name(std::string_view text) noexcept {
    constexpr std::size_t longest = 128;
    return !text.empty() && text.size() <= longest &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_alphanumeric(c) ||
                      std::string_view{"_+=,.@-"}.find(c) != std::string_view::npos;
           });
}

bool did_not_answer(const net::fetched& got) noexcept {
    return got.ec == client_errc::connect_failed || got.ec == client_errc::connect_timeout ||
           got.ec == client_errc::resolve_failed || got.ec == client_errc::connection_lost ||
           got.ec == client_errc::read_timeout;
}

bool is_missing(const net::fetched& got) noexcept {
    return !got.ec && got.reply.status == 404;
}

} // namespace

result<endpoint> metadata_service::place() const {
    const auto& given = config_.ec2_metadata_service_endpoint;
    const auto parsed =
        parse_endpoint(!given.value.empty() ? given.value
                       : config_.ec2_metadata_service_endpoint_mode.value == metadata_mode::ipv6
                           ? std::string{"http://[fd00:ec2::254]"}
                           : std::string{"http://169.254.169.254"});
    if (parsed) return *parsed;
    config_error error;
    error.message = "The metadata service's URL from " + given.source +
                    " cannot be used; write it as http://host[:port]";
    return error;
}

wire::web_request metadata_service::request(std::string method, std::string path) const {
    wire::web_request out;
    out.method = std::move(method);
    out.where = where_;
    out.target = where_.path.substr(0, where_.path.size() - 1) + path;
    out.headers.push_back({"User-Agent", context_.user_agent});
    return out;
}

asio::awaitable<std::optional<config_error>> metadata_service::begin() {
    if (config_.ec2_metadata_disabled.value)
        co_return not_configured(std::string{imds_name} + " is switched off by " +
                                 config_.ec2_metadata_disabled.source);
    auto place = this->place();
    if (!place) co_return place.error();
    where_ = *std::move(place);
    last_start_ = context_.time->now() + longest_in_all - time_to_connect - time_to_answer;
    co_return co_await take_token();
}

asio::awaitable<std::optional<config_error>> metadata_service::take_token() {
    fetch_plan plan;
    plan.most_attempts = most_attempts;
    plan.rules = rules();
    plan.judge = worth_another;
    plan.last_start = last_start_;
    plan.make = [this] {
        auto out = request("PUT", "/latest/api/token");
        out.headers.push_back({"x-aws-ec2-metadata-token-ttl-seconds", std::string{token_ttl}});
        return out;
    };
    auto got = co_await fetch_with_retries(context_, std::move(plan));
    if (did_not_answer(got)) co_return not_configured(why_it_failed(got, imds_name));
    if (!got.ec && got.reply.status == 403)
        co_return source_failure(std::string{imds_name} +
                                 " forbids the request: it is disabled for this machine");
    if (!is_success(got)) co_return source_failure(why_it_failed(got, imds_name));
    const auto token = trimmed(got.reply.body);
    if (token.empty() || !is_credential_word(token, longest_session_token))
        co_return source_failure(std::string{imds_name} + " gave no token that can be used");
    token_ = secret_text{token};
    co_return std::nullopt;
}

asio::awaitable<result<net::fetched>> metadata_service::read(std::string path) {
    net::fetched got;
    got.ec = client_errc::read_timeout;
    got.detail = "it takes too long in all";
    for (std::uint32_t attempt = 1; may_ask(); ++attempt) {
        auto what = request("GET", path);
        what.headers.push_back({"x-aws-ec2-metadata-token", std::string{token_.reveal()}});
        got = co_await context_.http->fetch(std::move(what), rules());
        const auto verdict = worth_another(got);
        if (verdict != flow::retry_class::transient || attempt == most_attempts) break;
        co_await context_.pause(flow::backoff_delay(
            flow::retry_version::v2_1, verdict, attempt, context_.random_unit(), std::nullopt));
        if (!got.ec && got.reply.status == 401 && may_ask())
            // It has answered before: it is there, and its silence is a failure.
            if (const auto error = co_await take_token()) co_return source_failure(error->message);
    }
    if (!is_success(got) && !is_missing(got))
        co_return source_failure(why_it_failed(got, imds_name));
    co_return got;
}

asio::awaitable<result<std::string>> metadata_service::role_name() {
    if (const auto& given = config_.ec2_instance_profile_name; !given.value.empty()) {
        if (is_role_name(given.value)) co_return given.value;
        co_return source_failure("The instance profile's name from " + given.source +
                                 " is not a role's name");
    }
    const auto listed = co_await read("/latest/meta-data/iam/security-credentials/");
    if (!listed) co_return listed.error();
    if (is_missing(*listed))
        co_return not_configured("this machine has no role (instance profile)");
    const std::string_view text = listed->reply.body;
    const auto first = trimmed(text.substr(0, text.find_first_of("\r\n")));
    if (!is_role_name(first))
        co_return source_failure(std::string{imds_name} + " named no role that can be one");
    co_return std::string{first};
}

asio::awaitable<result<loaded_credentials>> metadata_service::credentials() {
    if (auto error = co_await begin()) co_return *std::move(error);
    const auto role = co_await role_name();
    if (!role) co_return role.error();
    const auto got = co_await read("/latest/meta-data/iam/security-credentials/" + *role);
    if (!got) co_return got.error();
    if (is_missing(*got))
        co_return source_failure(std::string{imds_name} +
                                 " has no credentials of this machine's role " + *role);
    auto loaded = read_metadata_reply(*got, imds_name, token_);
    if (!loaded) co_return loaded;
    const auto now = context_.wall_now();
    if (loaded->expiry && *loaded->expiry <= now) {
        const auto more = std::chrono::duration_cast<std::chrono::milliseconds>(
            context_.random_unit() * std::chrono::duration<double>{most_more});
        loaded->usable_until = now + extension + more;
    }
    co_return loaded;
}

asio::awaitable<result<std::string>> metadata_service::region() {
    if (auto error = co_await begin()) co_return *std::move(error);
    const auto got = co_await read("/latest/meta-data/placement/region");
    if (!got) co_return got.error();
    const auto region = trimmed(got->reply.body);
    if (is_missing(*got) || !is_region_name(region))
        co_return not_configured(std::string{imds_name} + " names no region");
    co_return std::string{region};
}

} // namespace redrive::auth
