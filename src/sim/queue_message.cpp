#include "sim/queue_message.hpp"

#include <string_view>

#include "sim/md5.hpp"

namespace redrive::sim {
namespace {

void append_sized(std::string& out, std::string_view bytes) {
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>((bytes.size() >> shift) & 0xff));
    out.append(bytes);
}

} // namespace

std::string md5_of(const std::vector<message_attribute>& attributes) {
    if (attributes.empty()) return {};
    constexpr char string_value = 1, binary_value = 2;
    std::string bytes;
    for (const auto& attribute : attributes) {
        append_sized(bytes, attribute.name);
        append_sized(bytes, attribute.data_type);
        bytes.push_back(attribute.is_binary() ? binary_value : string_value);
        append_sized(bytes, attribute.value);
    }
    return md5_hex(bytes);
}

} // namespace redrive::sim
