#include "auth/metadata_reply.hpp"

#include <string>
#include <utility>

#include "wire/metadata_credentials.hpp"

namespace redrive::auth {
namespace {

config_error refusal(const wire::metadata_error& error, std::string_view whom) {
    std::string why{whom};
    if (error.code.empty()) return source_failure(why + " answered what are no credentials");
    why += " refused with " + error.code;
    if (!error.message.empty()) why += ": " + error.message;
    if (error.code == "AssumeRoleUnauthorizedAccess")
        why += "; the role's trust policy must let this service assume it";
    return source_failure(std::move(why));
}

} // namespace

result<loaded_credentials> read_metadata_reply(std::string_view body, std::string_view whom) {
    auto read = wire::read_metadata_credentials(body);
    if (const auto* error = std::get_if<wire::metadata_error>(&read)) return refusal(*error, whom);
    auto& found = std::get<wire::temporary_credentials>(read);
    loaded_credentials out;
    out.keys = std::move(found.keys);
    out.expiry = found.expiry;
    out.usable_until = found.expiry;
    out.source = whom;
    return out;
}

} // namespace redrive::auth
