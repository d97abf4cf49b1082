#pragma once

#include <optional>

#include "redrive/credentials.hpp"
#include "wire/instant.hpp"

namespace redrive::wire {

struct temporary_credentials {
    credentials keys;
    std::optional<wall_time> expiry; // as the source states it; nothing: they do not expire
};

} // namespace redrive::wire
