#include "wire/temporary_credentials.hpp"

#include "core/credential_words.hpp"

namespace redrive::wire {

std::string_view unusable_part(const credentials& session) noexcept {
    const auto part = part_that_cannot_sign(session);
    return part.empty() && session.session_token.empty() ? "session token" : part;
}

} // namespace redrive::wire
