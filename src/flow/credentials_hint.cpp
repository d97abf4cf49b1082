#include "flow/credentials_hint.hpp"

namespace redrive::flow {
namespace {

// The command that the message of a source of credentials ends with, such as `aws sso login`.
std::string_view command_in(std::string_view message) noexcept {
    constexpr std::string_view mark = "run: ";
    const auto at = message.find("run: aws ");
    if (at == message.npos) return {};
    message.remove_prefix(at + mark.size());
    return message.substr(0, message.find_first_of(";\n`"));
}

std::string caller_identity(std::string_view profile) {
    const std::string command = "aws sts get-caller-identity";
    return profile.empty() ? "`" + command + "`"
                           : "`" + command + " --profile " + std::string{profile} + "`";
}

} // namespace

bool is_about_credentials(error_code ec) noexcept {
    return ec == service_errc::invalid_credentials || ec == service_errc::expired_credentials ||
           ec == client_errc::no_credentials || ec == client_errc::credentials_failed;
}

std::string credentials_hint(error_code ec, const diagnostics& why, std::string_view profile) {
    if (const auto command = command_in(why.message); !command.empty())
        return "sign in again: `" + std::string{command} + "`, then repeat the run";
    if (ec == service_errc::expired_credentials)
        return "expired credentials: sign in again, then repeat the run; " +
               caller_identity(profile) + " says when they are good";
    if (ec == service_errc::invalid_credentials)
        return "invalid credentials: check the access key and its secret with " +
               caller_identity(profile);
    if (ec == client_errc::credentials_failed)
        return "the credentials could not be had: mend what the message says, try it with " +
               caller_identity(profile) + ", then repeat the run";
    return "no usable credentials: choose a profile with --profile, or set AWS_ACCESS_KEY_ID and "
           "AWS_SECRET_ACCESS_KEY; try them with " +
           caller_identity(profile);
}

} // namespace redrive::flow
