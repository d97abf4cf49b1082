#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <string>

#include "core/base64.hpp"

namespace redrive::bench {

// The text of the n-th handle; all are as long as those of the service are for such a queue.
inline std::string numbered_handle(std::uint64_t n) {
    std::array<char, 13> digits;
    digits.fill('0');
    std::array<char, 20> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), n).ptr;
    std::copy_backward(text.data(), end, digits.data() + 12);
    const std::string_view twelve{digits.data(), 12};
    std::string json = R"({"taskId":"1a2b3c4d-5e6f-4a1b-8c2d-)";
    json.append(twelve).append(R"(","sourceArn":"arn:aws:sqs:us-east-1:100000000001:orders-)");
    json.append(twelve).append(R"(-dlq"})");
    return base64_encode(json);
}

} // namespace redrive::bench
