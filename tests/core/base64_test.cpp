#include "core/base64.hpp"

#include <gtest/gtest.h>

#include <string>

namespace redrive {
namespace {

struct vector {
    const char* bytes;
    const char* text;
};

// RFC 4648 section 10.
constexpr vector rfc_vectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
};

TEST(Base64, AgreesWithTheVectorsOfTheRfc) {
    for (const auto& [bytes, text] : rfc_vectors) {
        EXPECT_EQ(base64_encode(bytes), text);
        EXPECT_EQ(base64_decode(text), bytes);
    }
}

TEST(Base64, DecodesWithoutPadding) {
    EXPECT_EQ(base64_decode("Zg"), "f");
    EXPECT_EQ(base64_decode("Zm8"), "fo");
    EXPECT_EQ(base64_decode("Zm9vYg"), "foob");
}

TEST(Base64, KeepsEveryByte) {
    std::string all;
    for (int byte = 0; byte < 256; ++byte)
        all.push_back(static_cast<char>(byte));
    for (std::size_t n = 0; n <= all.size(); ++n)
        EXPECT_EQ(base64_decode(base64_encode(all.substr(0, n))), all.substr(0, n));
}

TEST(Base64, RefusesWhatIsNotOfTheAlphabetOrTheRightLength) {
    for (const char* text : {"Z",
                             "Zm9vY",
                             "Zg=",
                             "Zg===",
                             "=",
                             "==",
                             "====",
                             "Z=g=",
                             "Zm9v=",
                             "Zm9v====",
                             "Zm-v",
                             "Zm_v",
                             "Zm 9v",
                             "Zm9v\n",
                             "Zm9\xff"})
        EXPECT_FALSE(base64_decode(text)) << text;
    EXPECT_FALSE(base64_decode({"Zm\0v", 4}));
}

TEST(Base64, DecodesEachPrefixThatIsNotOneCharacterTooLong) {
    const std::string text = base64_encode("a task handle");
    for (std::size_t n = 0; n <= text.find('='); ++n)
        EXPECT_EQ(base64_decode(text.substr(0, n)).has_value(), n % 4 != 1) << n;
}

} // namespace
} // namespace redrive
