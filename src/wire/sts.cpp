#include "wire/sts.hpp"

#include <pugixml.hpp>

#include <utility>

#include "core/ascii.hpp"
#include "redrive/queue_arn.hpp"
#include "wire/error_code.hpp"
#include "wire/error_text.hpp"
#include "wire/percent_encoding.hpp"
#include "wire/request_buffer.hpp"
#include "wire/sigv4.hpp"

namespace redrive::wire {
namespace {

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

std::string header_value(std::string_view text) {
    std::string out;
    append_value(out, text);
    return out;
}

std::string form_of(std::string_view action) {
    std::string form;
    append_parameter(form, "Action", action);
    append_parameter(form, "Version", "2011-06-15");
    return form;
}

void append_given(std::string& form, std::string_view name, std::string_view text) {
    if (!text.empty()) append_parameter(form, name, text);
}

void append_duration(std::string& form, std::optional<std::uint32_t> seconds) {
    if (seconds) append_parameter(form, "DurationSeconds", std::to_string(*seconds));
}

web_request post(const sts_context& context, std::string form) {
    web_request out;
    out.method = "POST";
    out.where = context.target;
    out.target = header_value(context.target.path);
    out.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    out.body = std::move(form);
    return out;
}

void add_user_agent(web_request& out, const sts_context& context) {
    if (!context.user_agent.empty()) out.headers.push_back({"User-Agent", context.user_agent});
}

// Sanitised before they are signed, so that what is signed is what is sent.
credentials sendable(const credentials& identity) {
    auto out = identity;
    out.access_key_id = header_value(identity.access_key_id);
    out.session_token = secret_text{header_value(identity.session_token.reveal())};
    return out;
}

web_request signed_post(const sts_context& context,
                        const credentials& identity,
                        std::string form,
                        wall_time signing_time) {
    auto out = post(context, std::move(form));
    // Whoever sends the request adds the host.
    const http_header host{"Host", header_value(out.where.authority())};
    out.headers.insert(out.headers.begin(), host);
    out.headers = sign({out.method, out.target, &out.headers, out.body},
                       {context.region, "sts", signing_time},
                       sendable(identity))
                      .headers;
    std::erase_if(out.headers, [&](const auto& header) { return header.name == host.name; });
    add_user_agent(out, context);
    return out;
}

// The result of whichever of the two operations it is.
pugi::xml_node role_result(pugi::xml_node document) {
    for (const std::string_view action : {"AssumeRole", "AssumeRoleWithWebIdentity"}) {
        const std::string name{action};
        if (const auto result = child(child(document, name + "Response"), name + "Result"))
            return result;
    }
    return {};
}

// The fifth field; empty when that is no account.
std::string account_of(std::string_view arn) {
    for (int field = 1; field < 5; ++field) {
        const auto colon = arn.find(':');
        if (colon == arn.npos) return {};
        arn.remove_prefix(colon + 1);
    }
    const auto account = arn.substr(0, arn.find(':'));
    return is_account_id(account) ? std::string{account} : std::string{};
}

error_fault fault_from(std::string_view type) noexcept {
    if (type == "Sender") return error_fault::sender;
    if (type == "Receiver") return error_fault::receiver;
    return error_fault::unknown;
}

} // namespace

web_request caller_identity_request(const sts_context& context,
                                    const credentials& identity,
                                    wall_time signing_time) {
    return signed_post(context, identity, form_of("GetCallerIdentity"), signing_time);
}

web_request assume_role_request(const sts_context& context,
                                const credentials& identity,
                                const assume_role_input& input,
                                wall_time signing_time) {
    auto form = form_of("AssumeRole");
    append_parameter(form, "RoleArn", input.role_arn);
    append_parameter(form, "RoleSessionName", input.session_name);
    append_given(form, "ExternalId", input.external_id);
    append_duration(form, input.duration_seconds);
    append_given(form, "SerialNumber", input.mfa_serial);
    append_given(form, "TokenCode", input.mfa_code.reveal());
    append_given(form, "Policy", input.policy);
    return signed_post(context, identity, std::move(form), signing_time);
}

web_request web_identity_request(const sts_context& context, const web_identity_input& input) {
    auto form = form_of("AssumeRoleWithWebIdentity");
    append_parameter(form, "RoleArn", input.role_arn);
    append_parameter(form, "RoleSessionName", input.session_name);
    append_parameter(form, "WebIdentityToken", input.token.reveal());
    append_duration(form, input.duration_seconds);
    auto out = post(context, std::move(form));
    add_user_agent(out, context);
    return out;
}

std::optional<temporary_credentials> read_role_credentials(std::string_view xml) {
    pugi::xml_document document;
    if (!load(document, xml)) return std::nullopt;
    const auto result = role_result(document);
    const auto keys = child(result, "Credentials");
    temporary_credentials out;
    out.keys.access_key_id = text(keys, "AccessKeyId");
    out.keys.secret_access_key = secret_text{text(keys, "SecretAccessKey")};
    out.keys.session_token = secret_text{text(keys, "SessionToken")};
    out.keys.account_id = account_of(text(child(result, "AssumedRoleUser"), "Arn"));
    out.expiry = parse_rfc3339(text(keys, "Expiration"));
    if (!out.expiry || !unusable_part(out.keys).empty()) return std::nullopt;
    return out;
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
