#include "auth/container.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "auth/fetch_retries.hpp"
#include "auth/metadata_reply.hpp"
#include "wire/metadata_credentials.hpp"

namespace redrive::auth {
namespace asio = boost::asio;

namespace {

using namespace std::chrono_literals;

constexpr std::string_view relative_variable = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
constexpr std::string_view full_variable = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
constexpr std::string_view token_variable = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
constexpr std::string_view token_file_variable = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
constexpr std::string_view container_name = "the container's credential service";
constexpr std::size_t longest_uri = 2048;

// Where plain HTTP is safe beside the loopback addresses: ECS, and EKS Pod Identity.
constexpr std::array<std::string_view, 3> trusted{
    "169.254.170.2", "169.254.170.23", "fd00:ec2::23"};

bool may_be_asked_in_clear(const asio::ip::address& address) {
    if (address.is_loopback()) return true;
    return std::any_of(trusted.begin(), trusted.end(), [&](std::string_view each) {
        return address == asio::ip::make_address(each);
    });
}

// `http://host[:port]/path?query` in the parts that a request has.
struct location {
    endpoint where;
    std::string target;
};

bool is_target(std::string_view text) noexcept {
    return text.size() <= longest_uri &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::optional<location> parse_location(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos || !is_target(url)) return std::nullopt;
    const auto path = url.find_first_of("/?#", scheme + 3);
    auto where = parse_endpoint(url.substr(0, path));
    if (!where) return std::nullopt;
    location out{*std::move(where), "/"};
    if (path == std::string_view::npos) return out;
    const auto rest = url.substr(path, url.find('#') - path);
    out.target = rest.starts_with('/') ? std::string{rest} : "/" + std::string{rest};
    return out;
}

config_error unusable(std::string_view variable, std::string_view why) {
    config_error error;
    error.message = std::string{variable} + " " + std::string{why};
    return error;
}

asio::awaitable<result<location>> find_location(const source_context& context) {
    const auto relative = context.env.get(relative_variable);
    const auto full = context.env.get(full_variable);
    if (!relative && !full)
        co_return not_configured("neither " + std::string{relative_variable} + " nor " +
                                 std::string{full_variable} + " is set");
    if (relative) {
        auto out = parse_location("http://169.254.170.2" + *relative);
        if (!out || !relative->starts_with('/'))
            co_return unusable(relative_variable, "is not a path; it must begin with a slash");
        co_return *std::move(out);
    }
    auto out = parse_location(*full);
    if (!out) co_return unusable(full_variable, "is not a URL such as https://host/path");
    if (out->where.tls) co_return *std::move(out);
    const auto addresses = co_await context.http->addresses_of(out->where.host);
    if (addresses.empty() ||
        !std::all_of(addresses.begin(), addresses.end(), may_be_asked_in_clear))
        co_return unusable(full_variable,
                           "asks for credentials in clear text from a host that is not a "
                           "loopback, ECS or EKS address; use https://");
    co_return *std::move(out);
}

// Sent as it is: whoever wrote it means every byte.
result<std::optional<secret_text>> authorization(const source_context& context) {
    secret_text value;
    std::string_view from = token_variable;
    if (const auto file = context.env.get(token_file_variable)) {
        from = token_file_variable;
        auto text = read_source_file(context, *file);
        if (!text) return source_failure(std::string{from} + " names a file that cannot be read");
        value = *std::move(text);
    } else if (const auto given = context.env.get(token_variable)) {
        value = secret_text{*given};
    } else {
        return std::optional<secret_text>{};
    }
    const auto text = value.reveal();
    const bool fits = std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
    if (!fits)
        return unusable(from, "holds a line feed or another character that no header may have");
    return std::optional{std::move(value)};
}

flow::retry_class worth_another(const net::fetched& got) {
    if (got.ec) return class_of_reply(got);
    if (got.reply.status >= 500) return flow::retry_class::transient;
    if (!is_success(got)) return flow::retry_class::not_retryable;
    // What cannot be read may have been cut short; what was refused will be refused again.
    const auto read = wire::read_metadata_credentials(got.reply.body);
    const auto* error = std::get_if<wire::metadata_error>(&read);
    if (error == nullptr) return flow::retry_class::success;
    return error->code.empty() ? flow::retry_class::transient : flow::retry_class::not_retryable;
}

} // namespace

asio::awaitable<result<loaded_credentials>> container_credentials(const source_context& context,
                                                                  const settings& config) {
    auto where = co_await find_location(context);
    if (!where) co_return where.error();
    auto proof = authorization(context);
    if (!proof) co_return proof.error();
    fetch_plan plan;
    plan.rules.limits.open.connect = 2s;
    plan.rules.limits.answer = 5s;
    plan.rules.through = net::transport::way::direct;
    plan.rules.ca_bundle = config.ca_bundle.value;
    plan.judge = worth_another;
    plan.make = [&] {
        wire::web_request out;
        out.where = where->where;
        out.target = where->target;
        out.headers.push_back({"Accept", "application/json"});
        out.headers.push_back({"User-Agent", context.user_agent});
        if (*proof) out.headers.push_back({"Authorization", std::string{(*proof)->reveal()}});
        return out;
    };
    const auto got = co_await fetch_with_retries(context, std::move(plan));
    co_return read_metadata_reply(got, container_name, proof->value_or(secret_text{}));
}

} // namespace redrive::auth
