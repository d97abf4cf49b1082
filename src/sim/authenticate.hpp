#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "redrive/credentials.hpp"
#include "sim/service.hpp"
#include "sim/temporary_keys.hpp"
#include "wire/http_parser.hpp"
#include "wire/sigv4.hpp"

namespace redrive::sim {

// The static keys of a simulated account: anyone who knows the number can write them down.
//   access key  AKIASIM0<account>
//   secret key  SimulatedSecretKeyOfAccount+<account>
[[nodiscard]] std::string access_key_of(std::string_view account);
[[nodiscard]] std::string secret_key_of(std::string_view account);
// Of these and of a role's keys; empty when the access key is neither.
[[nodiscard]] std::string_view account_of(std::string_view access_key) noexcept;

// Who a request says it comes from; proven by authenticate().
struct claimed_identity {
    bool signed_at_all = false; // there is an Authorization header
    std::optional<wire::authorization_parts> parts;

    [[nodiscard]] std::string_view account() const noexcept {
        return parts ? account_of(parts->access_key_id) : std::string_view{};
    }
    [[nodiscard]] std::string_view region() const noexcept {
        return parts ? std::string_view{parts->region} : std::string_view{};
    }
};
[[nodiscard]] claimed_identity read_identity(const wire::http_request& request);

// Throws api_error as the service refuses: no or broken signature, unknown key, wrong secret, wrong
// service, a time more than five minutes off, a role's session that is over. The session of the
// role that signed; nothing when it was the account itself.
std::optional<role_session> authenticate(const wire::http_request& request,
                                         const claimed_identity& identity,
                                         std::string_view service_name,
                                         const service& accounts,
                                         const temporary_keys& role_keys,
                                         wall_time now);

} // namespace redrive::sim
