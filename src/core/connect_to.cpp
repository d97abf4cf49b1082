#include "redrive/connect_to.hpp"

#include "redrive/endpoint.hpp"

namespace redrive {
namespace {

// `HOST:PORT` is what an endpoint's URL says, except that both may be left out.
struct place {
    std::string host;
    std::uint16_t port = 0;
};

std::optional<place> read_place(std::string_view host, std::string_view port) {
    place out;
    std::string url = "http://" + std::string{host.empty() ? "any" : host};
    if (!port.empty()) url.append(":").append(port);
    if (host.find_first_of(":/") != std::string_view::npos && !host.starts_with('['))
        return std::nullopt;
    const auto read = parse_endpoint(url);
    if (!read || read->path != "/" || port.find('/') != std::string_view::npos) return std::nullopt;
    if (!host.empty()) out.host = read->host;
    if (!port.empty()) out.port = read->port;
    return out;
}

// Up to the next colon outside of brackets, which is taken too.
std::optional<std::string_view> take_part(std::string_view& text) {
    std::size_t from = 0;
    if (text.starts_with('[')) from = text.find(']');
    const auto colon = from == std::string_view::npos ? from : text.find(':', from);
    if (colon == std::string_view::npos) return std::nullopt;
    const auto part = text.substr(0, colon);
    text.remove_prefix(colon + 1);
    return part;
}

} // namespace

std::optional<connect_to_rule> parse_connect_to(std::string_view text) {
    const auto host = take_part(text);
    const auto port = host ? take_part(text) : std::nullopt;
    const auto to_host = port ? take_part(text) : std::nullopt;
    if (!to_host) return std::nullopt;
    const auto from = read_place(*host, *port);
    const auto to = read_place(*to_host, text);
    if (!from || !to) return std::nullopt;
    return connect_to_rule{from->host, from->port, to->host, to->port};
}

} // namespace redrive
