#pragma once

#include <string_view>

namespace redrive::wire {

// What RFC 9110 section 15 calls a status; empty for one that AWS services do not send.
[[nodiscard]] std::string_view reason_phrase(unsigned status) noexcept;

} // namespace redrive::wire
