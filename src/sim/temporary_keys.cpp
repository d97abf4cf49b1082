#include "sim/temporary_keys.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "core/base64.hpp"
#include "redrive/queue_arn.hpp"

namespace redrive::sim {
namespace {

// ASIASIM0<account><12 digits of the seal>
constexpr std::string_view access_key_prefix = "ASIASIM0";
constexpr std::size_t account_digits = 12, seal_digits = 12;
constexpr std::size_t secret_size = 40; // as AWS's own
constexpr std::size_t longest_token = 1024;

std::string access_key_of(std::string_view account, const wire::sha256_bytes& seal) {
    std::string digits;
    wire::append_hex(digits, seal);
    for (char& c : digits)
        if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
    return std::string{access_key_prefix}.append(account).append(digits, 0, seal_digits);
}

std::string claims_of(const role_session& session, std::string_view nonce) {
    const auto ends = std::chrono::floor<std::chrono::seconds>(session.ends);
    return session.account + "/" + session.role + "/" + session.name + "/" +
           std::to_string(ends.time_since_epoch().count()) + "/" + std::string{nonce};
}

// Of claims whose seal was found whole: they can only be what claims_of() wrote.
role_session read_claims(std::string_view claims) {
    std::array<std::string_view, 4> parts;
    for (auto& part : parts) {
        part = claims.substr(0, claims.find('/'));
        claims.remove_prefix(std::min(part.size() + 1, claims.size()));
    }
    std::int64_t ends = 0;
    std::from_chars(parts[3].data(), parts[3].data() + parts[3].size(), ends);
    return {std::string{parts[0]},
            std::string{parts[1]},
            std::string{parts[2]},
            wall_time{std::chrono::seconds{ends}}};
}

} // namespace

temporary_keys::temporary_keys(std::uint64_t seed)
    : key_{"keys of roles of redrive-sim " + std::to_string(seed)} {}

credentials temporary_keys::issue(const role_session& session, std::string_view nonce) const {
    const auto claims = claims_of(session, nonce);
    const auto seal = key_.sign(claims);
    std::string token{wire::as_text(seal)};
    token += claims;
    return {access_key_of(session.account, seal),
            secret_of(seal),
            secret_text{base64_encode(token)},
            session.account};
}

std::optional<temporary_keys::opened> temporary_keys::open(std::string_view access_key_id,
                                                           std::string_view session_token) const {
    if (session_token.size() > longest_token) return std::nullopt;
    const auto token = base64_decode(session_token);
    wire::sha256_bytes seal;
    if (!token || token->size() < seal.size()) return std::nullopt;
    if (base64_encode(*token) != session_token) return std::nullopt; // cut padding, spare bits
    std::copy_n(token->begin(), seal.size(), seal.begin());
    const auto claims = std::string_view{*token}.substr(seal.size());
    if (key_.sign(claims) != seal) return std::nullopt;
    auto session = read_claims(claims);
    if (access_key_of(session.account, seal) != access_key_id) return std::nullopt;
    return opened{std::move(session), secret_of(seal)};
}

std::string_view temporary_keys::account_in(std::string_view access_key_id) noexcept {
    constexpr auto size = access_key_prefix.size() + account_digits + seal_digits;
    if (access_key_id.size() != size || !access_key_id.starts_with(access_key_prefix)) return {};
    const auto account = access_key_id.substr(access_key_prefix.size(), account_digits);
    return is_account_id(account) ? account : std::string_view{};
}

secret_text temporary_keys::secret_of(const wire::sha256_bytes& seal) const {
    const auto bytes = key_.sign("secret of " + std::string{wire::as_text(seal)});
    return secret_text{base64_encode(wire::as_text(bytes)).substr(0, secret_size)};
}

} // namespace redrive::sim
