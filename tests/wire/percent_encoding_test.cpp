#include "wire/percent_encoding.hpp"

#include <gtest/gtest.h>

namespace redrive::wire {
namespace {

std::string encoded(std::string_view text, std::string_view kept = {}) {
    std::string out;
    append_percent_encoded(out, text, kept);
    return out;
}

TEST(PercentEncoding, KeepsOnlyWhatIsUnreserved) {
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    EXPECT_EQ(encoded(unreserved), unreserved);
    for (int byte = 0; byte < 256; ++byte) {
        const std::string text(1, static_cast<char>(byte));
        const bool kept = unreserved.find(text) != unreserved.npos;
        EXPECT_EQ(encoded(text).size(), kept ? 1U : 3U) << byte;
    }
    EXPECT_EQ(encoded("a b+c/\xc3\xa9&=%\n"), "a%20b%2Bc%2F%C3%A9%26%3D%25%0A");
}

TEST(PercentEncoding, KeepsWhatItIsTold) {
    EXPECT_EQ(encoded("/a/b%c", "/"), "/a/b%25c");
}

TEST(PercentEncoding, ReadsBackWhatItWrote) {
    std::string all;
    for (int byte = 0; byte < 256; ++byte)
        all.push_back(static_cast<char>(byte));
    EXPECT_EQ(percent_decoded(encoded(all)), all);
    EXPECT_EQ(percent_decoded("a+%2b%2B"), "a+++");
    for (const auto* cut : {"%", "%1", "a%", "%g0", "%0g", "%-1", "%+1", "% 1"})
        EXPECT_EQ(percent_decoded(cut), std::nullopt) << cut;
}

TEST(PercentEncoding, JoinsParametersOfAFormAndOfAQuery) {
    std::string form;
    append_parameter(form, "a", "1 2");
    append_parameter(form, "b", "");
    EXPECT_EQ(form, "a=1%202&b=");
    std::string target = "/path?";
    append_parameter(target, "a", "x?");
    append_parameter(target, "b", "&");
    EXPECT_EQ(target, "/path?a=x%3F&b=%26");
}

} // namespace
} // namespace redrive::wire
