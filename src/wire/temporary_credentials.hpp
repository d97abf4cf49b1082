#pragma once

#include <optional>
#include <string_view>

#include "redrive/credentials.hpp"
#include "wire/instant.hpp"

namespace redrive::wire {

struct temporary_credentials {
    credentials keys;
    std::optional<wall_time> expiry; // as the source states it; nothing: they do not expire
};

// The part that a session's keys lack, or with which no request can be signed, as messages call it;
// empty: none.
[[nodiscard]] std::string_view unusable_part(const credentials& session) noexcept;

} // namespace redrive::wire
