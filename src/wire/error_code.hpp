#pragma once

#include <string_view>

#include "redrive/errors.hpp"

namespace redrive::wire {

// What an error is about, from everything that the service said: each code is tested, throttles
// before all else (SQS sends them with status 403), the status only when no code is known.
// `hint` is a code from a place that may not name the error (empty: none).
[[nodiscard]] service_errc meaning_of(std::string_view type_code,
                                      std::string_view code,
                                      std::string_view hint,
                                      std::string_view message,
                                      unsigned status) noexcept;

// Whether the service's model declares an error with this type code or legacy code.
[[nodiscard]] bool is_modelled(std::string_view code) noexcept;

} // namespace redrive::wire
