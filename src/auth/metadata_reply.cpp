#include "auth/metadata_reply.hpp"

#include <string>
#include <utility>

#include "auth/fetch_retries.hpp"
#include "wire/hidden_secrets.hpp"
#include "wire/metadata_credentials.hpp"

namespace redrive::auth {
namespace {

config_error refusal(const wire::metadata_error& error,
                     std::string_view whom,
                     const secret_text& told) {
    std::string why{whom};
    if (error.code.empty()) return source_failure(why + " answered what are no credentials");
    const wire::secret_words hidden{told.reveal()};
    why += " refused with " + wire::without_secrets(error.code, hidden);
    if (!error.message.empty()) why += ": " + wire::without_secrets(error.message, hidden);
    if (error.code == "AssumeRoleUnauthorizedAccess")
        why += "; the role's trust policy must let this service assume it";
    return source_failure(std::move(why));
}

} // namespace

result<loaded_credentials> read_metadata_reply(const net::fetched& got,
                                               std::string_view whom,
                                               const secret_text& told) {
    if (got.ec) return source_failure(why_it_failed(got, whom));
    // A refusal is told as JSON, whatever its status.
    auto read = wire::read_metadata_credentials(got.reply.body);
    const auto* error = std::get_if<wire::metadata_error>(&read);
    if (!is_success(got) && (error == nullptr || error->code.empty()))
        return source_failure(why_it_failed(got, whom));
    if (error != nullptr) return refusal(*error, whom, told);
    auto& found = std::get<wire::temporary_credentials>(read);
    loaded_credentials out;
    out.keys = std::move(found.keys);
    out.expiry = found.expiry;
    out.usable_until = found.expiry;
    out.source = whom;
    return out;
}

} // namespace redrive::auth
