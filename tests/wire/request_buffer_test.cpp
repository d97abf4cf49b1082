#include "wire/request_buffer.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace redrive::wire {
namespace {

std::string value_of(std::string_view text) {
    std::string out = "kept\r\n";
    append_value(out, text);
    return out.substr(6);
}

TEST(RequestBuffer, WritesNumbersInDecimal) {
    std::string out = "n=";
    append_number(out, 0);
    append_number(out, std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(out, "n=018446744073709551615");
}

TEST(RequestBuffer, ReplacesEveryControlByteAndNothingElse) {
    for (int i = 0; i < 256; ++i) {
        const char byte = static_cast<char>(i);
        const bool is_control = i < 0x20 || i == 0x7f;
        EXPECT_EQ(value_of({&byte, 1}), std::string(1, is_control ? '-' : byte)) << i;
    }
    EXPECT_EQ(value_of("a\r\nb: c"), "a--b: c");
    EXPECT_EQ(value_of(""), "");
}

TEST(RequestBuffer, WritesTheAuthorityOfAnyEndpoint) {
    for (const auto url : {"https://sqs.eu-west-1.amazonaws.com",
                           "https://h:443",
                           "https://h:80",
                           "http://h",
                           "http://h:443/base/",
                           "http://[::1]",
                           "https://[fd00:ec2::23]:8443"}) {
        const auto target = parse_endpoint(url).value();
        std::string out;
        append_authority(out, target);
        EXPECT_EQ(out, target.authority()) << url;
    }
}

} // namespace
} // namespace redrive::wire
