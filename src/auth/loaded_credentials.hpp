#pragma once

#include <optional>
#include <string>

#include "auth/result.hpp"
#include "redrive/credentials.hpp"
#include "wire/instant.hpp"

namespace redrive::auth {

struct loaded_credentials {
    credentials keys;
    std::string source;        // "environment", "profile a in ~/.aws/credentials"
    std::string provider = {}; // the link of the chain: "environment", "imds"
    std::string features = {}; // how they were had, as ids of the User-Agent: "o,i"
    std::optional<wire::wall_time> expiry = {}; // as the source states it
    // When they are to be replaced at the latest: the expiry, or later when the source goes on
    // serving expired ones.
    std::optional<wire::wall_time> usable_until = {};
};

// The error of a source that is not configured: another one may be asked. Every other error of a
// source is final, because asking the next would mean acting as somebody else.
[[nodiscard]] inline config_error not_configured(std::string why) {
    config_error error;
    error.code = client_errc::no_credentials;
    error.message = std::move(why);
    return error;
}

[[nodiscard]] inline bool is_not_configured(const config_error& error) noexcept {
    return error.code == client_errc::no_credentials;
}

[[nodiscard]] inline bool is_about_credentials(const config_error& error) noexcept {
    return error.code == client_errc::no_credentials ||
           error.code == client_errc::credentials_failed;
}

// The error of a source that is configured and gives no credentials.
[[nodiscard]] inline config_error source_failure(std::string why) {
    config_error error;
    error.code = client_errc::credentials_failed;
    error.message = std::move(why);
    return error;
}

} // namespace redrive::auth
