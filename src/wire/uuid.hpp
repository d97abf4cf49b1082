#pragma once

#include <array>
#include <cstdint>

namespace redrive::wire {

// The text of a version 4 UUID (RFC 9562 section 5.4), from 128 random bits.
[[nodiscard]] std::array<char, 36> uuid_v4(std::array<std::uint64_t, 2> bits) noexcept;

} // namespace redrive::wire
