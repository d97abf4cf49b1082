#include "wire/proxy_address.hpp"

#include "core/ascii.hpp"
#include "core/base64.hpp"
#include "redrive/endpoint.hpp"
#include "wire/percent_encoding.hpp"

namespace redrive::wire {
namespace {

constexpr std::size_t longest_user_information = 2048;

// The Basic scheme, RFC 7617: a user name cannot hold the colon that ends it.
std::optional<secret_text> basic_authorization(std::string_view user_information) {
    if (user_information.size() > longest_user_information) return std::nullopt;
    // These end the authority: what follows would be a path, not a host.
    if (user_information.find_first_of("/?#") != std::string_view::npos) return std::nullopt;
    const auto colon = user_information.find(':');
    const auto user = percent_decoded(user_information.substr(0, colon));
    const auto password = percent_decoded(
        colon == std::string_view::npos ? std::string_view{} : user_information.substr(colon + 1));
    if (!user || !password || user->find(':') != std::string::npos) return std::nullopt;
    return secret_text{"Basic " + base64_encode(*user + ":" + *password)};
}

} // namespace

std::string proxy_address::name() const {
    std::string text = tls ? "https://" : "http://";
    text += host.find(':') == std::string::npos ? host : "[" + host + "]";
    return text + ":" + std::to_string(port);
}

std::optional<proxy_address> parse_proxy_url(std::string_view url) {
    url = trimmed(url);
    const auto colon = url.find("://");
    const auto scheme = colon == std::string_view::npos ? "http" : lower(url.substr(0, colon));
    if (colon != std::string_view::npos) url.remove_prefix(colon + 3);
    proxy_address out;
    // A password may hold whatever its owner did not escape, another `@` as well.
    if (const auto at = url.rfind('@'); at != std::string_view::npos) {
        auto authorization = basic_authorization(url.substr(0, at));
        if (!authorization) return std::nullopt;
        out.authorization = *std::move(authorization);
        url.remove_prefix(at + 1);
    }
    const auto place = parse_endpoint(scheme + "://" + std::string{url});
    if (!place || place->path != "/") return std::nullopt;
    out.tls = place->tls;
    out.host = place->host;
    out.port = place->port;
    return out;
}

} // namespace redrive::wire
