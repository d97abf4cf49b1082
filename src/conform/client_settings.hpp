#pragma once

#include "auth/environment.hpp"
#include "auth/settings.hpp"
#include "wire/json_reader.hpp"

namespace redrive::conform {

// The variables under `env`; none when it is absent.
[[nodiscard]] auth::environment environment_of(wire::json_value input);

// What a program sets in code.
[[nodiscard]] auth::setting_overrides overrides_of(wire::json_value client);

} // namespace redrive::conform
