#include "redrive/errors.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace redrive {
namespace {

// Every value up to the last one has a text of its own; what follows has the category's fallback.
template <class Errc>
void expect_distinct_messages(Errc last, const std::string& fallback) {
    std::set<std::string> seen;
    for (int value = 1; value <= static_cast<int>(last); ++value) {
        const error_code ec = static_cast<Errc>(value);
        EXPECT_TRUE(ec) << value;
        EXPECT_NE(ec.message(), fallback) << value;
        EXPECT_TRUE(seen.insert(ec.message()).second) << ec.message();
    }
    const error_code beyond = static_cast<Errc>(static_cast<int>(last) + 1);
    EXPECT_EQ(beyond.message(), fallback);
}

TEST(Errors, HaveOneMessageEach) {
    expect_distinct_messages(client_errc::credentials_failed, "unknown client error");
    expect_distinct_messages(service_errc::internal, "unknown service error");
}

TEST(Errors, SayWhoSpeaks) {
    EXPECT_STREQ(client_category().name(), "redrive.client");
    EXPECT_STREQ(service_category().name(), "redrive.service");
    EXPECT_EQ(error_code{client_errc::queue_full}.category(), client_category());
    EXPECT_EQ(error_code{service_errc::throttled}.category(), service_category());
    EXPECT_NE(client_category(), service_category());
}

TEST(Errors, CompareWithTheirEnumerators) {
    const error_code ec = client_errc::deadline_exceeded;
    EXPECT_TRUE(ec == client_errc::deadline_exceeded);
    EXPECT_FALSE(ec == client_errc::client_closed);
    EXPECT_FALSE(ec == error_code{service_errc::unrecognised});
    EXPECT_EQ(ec.message(), "the deadline passed before the call was answered");
}

} // namespace
} // namespace redrive
