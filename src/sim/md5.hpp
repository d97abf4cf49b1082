#pragma once

#include <string>
#include <string_view>

namespace redrive::sim {

// MD5 (RFC 1321) as 32 lower-case hexadecimal digits: SQS replies carry it as a checksum of
// messages. OpenSSL stays inside md5.cpp.
[[nodiscard]] std::string md5_hex(std::string_view bytes);

} // namespace redrive::sim
