#include "core/base64.hpp"

#include <gtest/gtest.h>

#include <array>
#include <span>
#include <string>
#include <string_view>

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

TEST(Base64, EncodesForUrlsWithoutPadding) {
    for (const auto& [bytes, text] : rfc_vectors) {
        const std::string_view padded{text};
        EXPECT_EQ(base64url_encode(bytes), padded.substr(0, padded.find('=')));
    }
    EXPECT_EQ(base64url_encode("\xfb\xff\xfe"), "-__-");
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

TEST(Base64, KnowsEachByteInEachPlaceOfFour) {
    const std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int byte = 0; byte < 256; ++byte)
        for (std::size_t place = 0; place < 4; ++place) {
            std::string text = "AAAAAAAAAAAA";
            text[4 + place] = static_cast<char>(byte);
            const auto value = alphabet.find(static_cast<char>(byte));
            const auto bytes = base64_decode(text);
            ASSERT_EQ(bytes.has_value(), value != alphabet.npos) << byte << ' ' << place;
            if (!bytes) continue;
            const auto bits = value << (6 * (3 - place));
            const std::string four{static_cast<char>(bits >> 16),
                                   static_cast<char>(bits >> 8),
                                   static_cast<char>(bits)};
            EXPECT_EQ(bytes->substr(3, 3), four) << byte << ' ' << place;
        }
}

TEST(Base64, RefusesAWrongByteAmongTheLastThatAreNotFour) {
    for (const char* text : {"Zm9v!g", "Zm9vY!", "Zm9v!mE", "Zm9vY!E", "Zm9vYm!", "Zm9vYm!="})
        EXPECT_FALSE(base64_decode(text)) << text;
}

TEST(Base64, DecodesIntoTheFrontOfAGivenRoom) {
    std::array<char, 6> room{};
    for (const auto& [bytes, text] : rfc_vectors)
        EXPECT_EQ(base64_decode(text, room), bytes);
    EXPECT_EQ(base64_decode("Zm9v", room)->data(), room.data());
    EXPECT_FALSE(base64_decode("Zm9vYmF!", room));
    EXPECT_FALSE(base64_decode("Zm9vYmFyZg==", room)) << "it would need seven bytes";
}

TEST(Base64, LeavesWhatIsBehindTheDecodedBytes) {
    std::string room = "##########";
    for (const auto& [bytes, text] : rfc_vectors) {
        const auto decoded = base64_decode(text, std::span{room}.first(6));
        ASSERT_EQ(decoded, bytes);
        EXPECT_EQ(room.substr(decoded->size()), std::string(room.size() - decoded->size(), '#'));
        room.assign(room.size(), '#');
    }
}

} // namespace
} // namespace redrive
