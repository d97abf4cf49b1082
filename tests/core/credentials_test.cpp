#include "redrive/credentials.hpp"

#include <gtest/gtest.h>

#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace redrive {
namespace {

// Short enough to live inside the object, where a test may look after the object is gone.
constexpr std::string_view short_secret = "s3cr3t";
const std::string long_secret(4096, 'k');

bool holds(const unsigned char* bytes, std::size_t size, std::string_view text) {
    return std::string_view{reinterpret_cast<const char*>(bytes), size}.find(text) !=
           std::string_view::npos;
}

TEST(SecretText, RevealsWhatItWasGiven) {
    EXPECT_EQ(secret_text{short_secret}.reveal(), short_secret);
    EXPECT_EQ(secret_text{long_secret}.reveal(), long_secret);
    EXPECT_TRUE(secret_text{}.empty());
    EXPECT_EQ(secret_text{}.reveal(), "");
}

TEST(SecretText, LeavesNothingInMemoryWhenItIsDestroyed) {
    alignas(secret_text) unsigned char place[sizeof(secret_text)] = {};
    auto* secret = new (place) secret_text{short_secret};
    ASSERT_TRUE(holds(place, sizeof place, short_secret));
    secret->~secret_text();
    // Copied first: the compiler may assume that nobody reads a dead object.
    unsigned char after[sizeof place];
    const volatile unsigned char* source = place;
    for (std::size_t i = 0; i < sizeof place; ++i)
        after[i] = source[i];
    EXPECT_FALSE(holds(after, sizeof after, short_secret));
}

TEST(SecretText, LeavesNothingBehindWhenItIsMovedOrReplaced) {
    secret_text from{short_secret};
    const auto* const bytes = reinterpret_cast<const unsigned char*>(&from);
    const secret_text to{std::move(from)};
    EXPECT_EQ(to.reveal(), short_secret);
    EXPECT_FALSE(holds(bytes, sizeof from, short_secret));

    secret_text replaced{short_secret};
    replaced = secret_text{"x"};
    EXPECT_EQ(replaced.reveal(), "x");
    EXPECT_FALSE(holds(reinterpret_cast<const unsigned char*>(&replaced),
                       sizeof replaced,
                       short_secret.substr(1)));
}

TEST(SecretText, IsCopiedAndComparedByValue) {
    const secret_text original{long_secret};
    secret_text copy = original;
    EXPECT_EQ(copy, original);
    copy = secret_text{short_secret};
    EXPECT_FALSE(copy == original);
    EXPECT_EQ(original.reveal(), long_secret);
    copy = original;
    EXPECT_EQ(copy.reveal(), long_secret);
}

TEST(SecretText, SurvivesAssignmentToItself) {
    secret_text secret{long_secret};
    auto& alias = secret;
    secret = alias;
    EXPECT_EQ(secret.reveal(), long_secret);
    secret = std::move(alias);
    EXPECT_EQ(secret.reveal(), long_secret);
}

} // namespace
} // namespace redrive
