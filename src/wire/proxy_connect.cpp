#include "wire/proxy_connect.hpp"

#include "wire/hidden_secrets.hpp"
#include "wire/request_buffer.hpp"

namespace redrive::wire {
namespace {

constexpr std::size_t longest_reason = 80;

std::string with_status(unsigned status, std::string_view reason) {
    std::string text = " (" + std::to_string(status);
    if (!reason.empty()) text.append(" ").append(reason.substr(0, longest_reason));
    return text + ")";
}

} // namespace

std::string connect_authority(std::string_view host, std::uint16_t port) {
    std::string text;
    const bool is_v6 = host.find(':') != std::string_view::npos;
    text.append(is_v6 ? "[" : "").append(host).append(is_v6 ? "]:" : ":");
    return text.append(std::to_string(port));
}

std::string connect_request(const proxy_address& proxy, std::string_view authority) {
    std::string out = "CONNECT ";
    append_value(out, authority);
    out.append(" HTTP/1.1\r\nHost: ");
    append_value(out, authority);
    if (!proxy.authorization.empty()) {
        out.append("\r\nProxy-Authorization: ");
        append_value(out, proxy.authorization.reveal());
    }
    return out.append("\r\n\r\n");
}

connect_refusal explain_refusal(const proxy_address& proxy,
                                std::string_view authority,
                                unsigned status,
                                std::string_view reason) {
    const auto said = with_status(status, without_login(reason, proxy.authorization));
    const auto who = "proxy " + proxy.name();
    const auto whom = std::string{authority};
    if (status == 407)
        return {client_errc::proxy_refused,
                who +
                    (proxy.authorization.empty()
                         ? " wants a user and password in its URL"
                         : " does not accept the user and password of its URL") +
                    said};
    if (status == 408 || status == 429)
        return {client_errc::proxy_failed, who + " did not connect to " + whom + said};
    if (status / 100 == 4)
        return {client_errc::proxy_refused, who + " forbids connections to " + whom + said};
    if (status == 502 || status == 503 || status == 504)
        return {client_errc::proxy_failed, who + " cannot reach " + whom + said};
    return {client_errc::proxy_failed, who + " did not connect to " + whom + said};
}

} // namespace redrive::wire
