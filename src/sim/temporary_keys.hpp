#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "redrive/credentials.hpp"
#include "sim/pace.hpp"
#include "wire/digest.hpp"

namespace redrive::sim {

// Somebody in a role, until it ends.
struct role_session {
    std::string account; // of the role
    std::string role;    // its name, without the path
    std::string name;    // RoleSessionName
    wall_time ends;      // whole seconds
};

// The keys of assumed roles. Nothing is remembered of those that were issued: the session token
// says, under an HMAC of the seed, whose they are, and the other two follow from it.
class temporary_keys {
  public:
    explicit temporary_keys(std::uint64_t seed);

    // The same session under another `nonce` gets other keys. Neither it nor the session's texts
    // may contain a slash.
    [[nodiscard]] credentials issue(const role_session& session, std::string_view nonce) const;

    struct opened {
        role_session session;
        secret_text secret_access_key;
    };
    // Nothing when the token was not issued, or not with this access key. It may have ended.
    [[nodiscard]] std::optional<opened> open(std::string_view access_key_id,
                                             std::string_view session_token) const;

    // The account in the access key id of a role; empty when it is not one.
    [[nodiscard]] static std::string_view account_in(std::string_view access_key_id) noexcept;

  private:
    [[nodiscard]] secret_text secret_of(const wire::sha256_bytes& seal) const;

    wire::hmac_sha256_key key_;
};

} // namespace redrive::sim
