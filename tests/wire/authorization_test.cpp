#include "wire/sigv4.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace redrive::wire {
namespace {

using ::testing::ElementsAre;

const std::string signature = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
const std::string credential = "Credential=AKIDEXAMPLE/20150830/us-east-1/sqs/aws4_request";
const std::string whole =
    "AWS4-HMAC-SHA256 " + credential + ", SignedHeaders=host;x-amz-date, Signature=" + signature;

std::string replaced(std::string_view part, std::string_view by) {
    auto text = whole;
    return text.replace(text.find(part), part.size(), by);
}

void expect_example(std::string_view value) {
    const auto parts = parse_authorization(value);
    ASSERT_TRUE(parts) << value;
    EXPECT_EQ(parts->access_key_id, "AKIDEXAMPLE");
    EXPECT_EQ(parts->date, "20150830");
    EXPECT_EQ(parts->region, "us-east-1");
    EXPECT_EQ(parts->service, "sqs");
    EXPECT_THAT(parts->signed_headers, ElementsAre("host", "x-amz-date"));
    EXPECT_EQ(parts->signature, signature);
}

TEST(Authorization, IsReadIntoItsParts) {
    expect_example(whole);
}

TEST(Authorization, MayOrderAndSpaceItsPartsOtherwise) {
    expect_example("AWS4-HMAC-SHA256 Signature=" + signature + "," + credential +
                   ",SignedHeaders=host;x-amz-date");
    expect_example("AWS4-HMAC-SHA256   " + credential +
                   "  ,  SignedHeaders=host;x-amz-date ,Signature=" + signature + " ");
}

TEST(Authorization, MayHaveSlashesInTheAccessKeyId) {
    const auto parts = parse_authorization(replaced("AKIDEXAMPLE", "AK/ID/EXAMPLE"));
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->access_key_id, "AK/ID/EXAMPLE");
    EXPECT_EQ(parts->date, "20150830");
}

TEST(Authorization, IsRefusedWhenAPartIsBroken) {
    for (const auto& value : {replaced("AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA512 "),
                              replaced("AWS4-HMAC-SHA256 ", "aws4-hmac-sha256 "),
                              replaced("AWS4-HMAC-SHA256 ", "Basic "),
                              replaced("AKIDEXAMPLE", ""),
                              replaced("AKIDEXAMPLE/", ""),
                              replaced("AKIDEXAMPLE", "AKID EXAMPLE"),
                              replaced("AKIDEXAMPLE", std::string(200, 'A')),
                              replaced("20150830", "2015083"),
                              replaced("20150830", "2015083x"),
                              replaced("20150830", "20150830T123600Z"),
                              replaced("us-east-1", ""),
                              replaced("us-east-1", std::string(65, 'r')),
                              replaced("/sqs/", "//"),
                              replaced("aws4_request", "aws4"),
                              replaced("host;x-amz-date", ""),
                              replaced("host;x-amz-date", "host;"),
                              replaced("host;x-amz-date", "host;;x-amz-date"),
                              replaced("host;x-amz-date", "Host;x-amz-date"),
                              replaced("host;x-amz-date", "x-amz-date;host"),
                              replaced("host;x-amz-date", "host;host"),
                              replaced("host;x-amz-date", "host x-amz-date"),
                              replaced("host;x-amz-date", "ho\nst"),
                              replaced(signature, ""),
                              replaced(signature, signature.substr(1)),
                              replaced(signature, signature + "0"),
                              replaced("5fa0", "5FA0"),
                              replaced("5fa0", "5fg0"),
                              replaced(", Signature=", ", signature="),
                              whole + ",",
                              whole + ", Signature=" + signature,
                              whole + ", Extra=1"})
        EXPECT_FALSE(parse_authorization(value)) << value;
}

TEST(Authorization, IsRefusedWhenAPartIsMissing) {
    EXPECT_FALSE(parse_authorization(replaced(credential + ", ", "")));
    EXPECT_FALSE(parse_authorization(replaced("SignedHeaders=host;x-amz-date, ", "")));
    EXPECT_FALSE(parse_authorization(replaced(", Signature=" + signature, "")));
    EXPECT_FALSE(parse_authorization("AWS4-HMAC-SHA256 "));
}

TEST(Authorization, IsRefusedAfterEveryPrefix) {
    for (std::size_t n = 0; n < whole.size(); ++n)
        EXPECT_FALSE(parse_authorization(std::string_view{whole}.substr(0, n))) << n;
}

TEST(Authorization, IsBounded) {
    std::string names = "a1000";
    for (int i = 1; i < 100; ++i)
        names += ";a" + std::to_string(1000 + i);
    EXPECT_TRUE(parse_authorization(replaced("host;x-amz-date", names)));
    EXPECT_FALSE(parse_authorization(replaced("host;x-amz-date", names + ";b")));
    const auto spaces = [](std::size_t n) { return std::string(n, ' ') + ", Signature"; };
    EXPECT_TRUE(parse_authorization(replaced(", Signature", spaces(7'000))));
    EXPECT_FALSE(parse_authorization(replaced(", Signature", spaces(9'000))));
}

} // namespace
} // namespace redrive::wire
