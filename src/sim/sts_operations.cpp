#include "sim/sts_operations.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "sim/api_error.hpp"
#include "sim/reply_text.hpp"
#include "sim/role_input.hpp"
#include "wire/digest.hpp"
#include "wire/instant.hpp"

namespace redrive::sim {
namespace {

constexpr std::string_view web_identity_operation = "AssumeRoleWithWebIdentity";
constexpr std::chrono::hours longest_chained{1};

void append_element(std::string& out, std::string_view name, std::string_view text) {
    out.append("<").append(name).append(">");
    append_xml_text(out, text);
    out.append("</").append(name).append(">");
}

template <class Append>
void append_reply(const sts_call& call, std::string_view operation, Append append_result) {
    auto& out = call.out;
    out.append("<").append(operation);
    out += R"(Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><)";
    out.append(operation).append("Result>");
    append_result(out);
    out.append("</").append(operation).append("Result><ResponseMetadata>");
    append_element(out, "RequestId", call.request_id);
    out.append("</ResponseMetadata></").append(operation).append("Response>");
}

std::string arn_of(const role_session& session) {
    return "arn:aws:sts::" + session.account + ":assumed-role/" + session.role + "/" + session.name;
}

// A role keeps its id, AROA and sixteen more, whoever is in it.
std::string user_id_of(const role_session& session) {
    constexpr std::size_t id_digits = 16;
    std::string digits;
    wire::append_hex(digits, wire::sha256(session.account + "/" + session.role));
    std::ranges::transform(digits, digits.begin(), [](char c) {
        return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return "AROA" + digits.substr(0, id_digits) + ":" + session.name;
}

std::string arn_of_caller(const sts_call& call) {
    if (call.role) return arn_of(*call.role);
    return "arn:aws:iam::" + std::string{call.account} + ":user/sim";
}

void append_session(const sts_call& call, const role_session& session) {
    const auto keys = call.role_keys.issue(session, call.request_id);
    call.out += "<Credentials>";
    append_element(call.out, "AccessKeyId", keys.access_key_id);
    append_element(call.out, "SecretAccessKey", keys.secret_access_key.reveal());
    append_element(call.out, "SessionToken", keys.session_token.reveal());
    append_element(call.out, "Expiration", wire::to_rfc3339_seconds(session.ends));
    call.out += "</Credentials><AssumedRoleUser>";
    append_element(call.out, "AssumedRoleId", user_id_of(session));
    append_element(call.out, "Arn", arn_of(session));
    call.out += "</AssumedRoleUser>";
}

role_session session_of(const sts_call& call, const role_input& input) {
    return {input.account,
            input.role,
            input.session,
            std::chrono::floor<std::chrono::seconds>(call.now + input.lifetime)};
}

void get_caller_identity(const sts_call& call) {
    append_reply(call, "GetCallerIdentity", [&](std::string& out) {
        append_element(out, "Arn", arn_of_caller(call));
        append_element(out,
                       "UserId",
                       call.role ? user_id_of(*call.role) : "AIDASIM0" + std::string{call.account});
        append_element(out, "Account", call.account);
    });
}

void assume_role(const sts_call& call) {
    const auto input = read_assume_role(call.input);
    if (!call.state.has_account(input.account) || !call.roles.admits(input.role, input.external_id))
        throw api_error{"AccessDeniedException",
                        "User: " + arn_of_caller(call) +
                            " is not authorized to perform: sts:AssumeRole on resource: " +
                            std::string{*call.input["RoleArn"]}};
    if (call.role && input.lifetime > longest_chained)
        throw api_error{"ValidationError",
                        "The requested DurationSeconds exceeds the 1 hour session limit for roles "
                        "assumed by role chaining"};
    append_reply(
        call, "AssumeRole", [&](std::string&) { append_session(call, session_of(call, input)); });
}

void assume_role_with_web_identity(const sts_call& call) {
    const auto input = read_web_identity(call.input);
    if (!call.state.has_account(input.account) || !call.roles.knows(input.role))
        throw api_error{"AccessDeniedException",
                        "Not authorized to perform sts:AssumeRoleWithWebIdentity"};
    append_reply(call, web_identity_operation, [&](std::string&) {
        append_session(call, session_of(call, input));
    });
}

constexpr std::pair<std::string_view, sts_handler> handlers[] = {
    {"AssumeRole", assume_role},
    {web_identity_operation, assume_role_with_web_identity},
    {"GetCallerIdentity", get_caller_identity},
};

} // namespace

sts_handler find_sts_operation(std::string_view name) noexcept {
    const auto* const found =
        std::ranges::find(handlers, name, &std::pair<std::string_view, sts_handler>::first);
    return found == std::end(handlers) ? nullptr : found->second;
}

bool is_unsigned_sts_operation(std::string_view name) noexcept {
    return name == web_identity_operation;
}

} // namespace redrive::sim
