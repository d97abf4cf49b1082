#include "wire/sts.hpp"

#include <pugixml.hpp>

#include "core/ascii.hpp"
#include "wire/error_code.hpp"
#include "wire/error_text.hpp"
#include "wire/request_buffer.hpp"
#include "wire/sigv4.hpp"

namespace redrive::wire {
namespace {

constexpr std::string_view content_type = "application/x-www-form-urlencoded";

// "ns:Account" is Account.
std::string_view local_name(std::string_view name) noexcept {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
    for (const auto node : parent.children()) {
        if (local_name(node.name()) == name) return node;
    }
    return {};
}

std::string_view text(pugi::xml_node parent, std::string_view name) {
    return trimmed(child(parent, name).child_value());
}

bool load(pugi::xml_document& document, std::string_view xml) {
    return static_cast<bool>(document.load_buffer(xml.data(), xml.size(), pugi::parse_default));
}

std::string authority_of(const endpoint& target) {
    std::string out;
    append_authority(out, target);
    return out;
}

std::string header_value(std::string_view text) {
    std::string out;
    append_value(out, text);
    return out;
}

http_headers unsigned_headers(const sts_context& context) {
    http_headers headers{
        {"Host", authority_of(context.target)},
        {"Content-Type", std::string{content_type}},
        {"Content-Length", std::to_string(caller_identity_form.size())},
    };
    if (!context.user_agent.empty())
        headers.push_back({"User-Agent", header_value(context.user_agent)});
    return headers;
}

// Sanitised before they are signed, so that what is signed is what is sent.
credentials sendable(const credentials& identity) {
    auto out = identity;
    out.access_key_id = header_value(identity.access_key_id);
    out.session_token = secret_text{header_value(identity.session_token.reveal())};
    return out;
}

error_fault fault_from(std::string_view type) noexcept {
    if (type == "Sender") return error_fault::sender;
    if (type == "Receiver") return error_fault::receiver;
    return error_fault::unknown;
}

} // namespace

void append_caller_identity_request(std::string& out,
                                    const sts_context& context,
                                    const credentials& identity,
                                    wall_time signing_time) {
    const auto headers = unsigned_headers(context);
    const auto path = header_value(context.target.path);
    const auto signed_request = sign({"POST", path, &headers, caller_identity_form},
                                     {context.region, "sts", signing_time},
                                     sendable(identity));
    out.append("POST ").append(path).append(" HTTP/1.1\r\n");
    for (const auto& [name, value] : signed_request.headers)
        out.append(name).append(": ").append(value).append("\r\n");
    out.append("\r\n").append(caller_identity_form);
}

std::optional<caller_identity> read_caller_identity(std::string_view xml) {
    pugi::xml_document document;
    if (!load(document, xml)) return std::nullopt;
    const auto result =
        child(child(document, "GetCallerIdentityResponse"), "GetCallerIdentityResult");
    caller_identity out{std::string{text(result, "Account")},
                        std::string{text(result, "Arn")},
                        std::string{text(result, "UserId")}};
    if (out.account.empty() || out.arn.empty() || out.user_id.empty()) return std::nullopt;
    return out;
}

service_error read_sts_error(unsigned status,
                             std::string_view reason,
                             const http_headers& headers,
                             std::string_view xml) {
    pugi::xml_document document;
    const bool is_xml = load(document, xml);
    const auto response = child(document, "ErrorResponse");
    const auto error = child(response, "Error");

    service_error out;
    out.status = status;
    out.type_code = bounded(text(error, "Code"));
    out.code = out.type_code;
    out.fault = fault_from(text(error, "Type"));
    const auto id = request_id_of(headers);
    out.request_id = bounded(id.empty() ? text(response, "RequestId") : id);
    out.message = bounded(out.code.empty() ? substitute_message(status, reason, xml, is_xml)
                                           : text(error, "Message"));
    out.meaning = meaning_of(out.type_code, out.code, {}, out.message, status);
    if (out.code.empty()) out.code = std::to_string(status);
    return out;
}

} // namespace redrive::wire
