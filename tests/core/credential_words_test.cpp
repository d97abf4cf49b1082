#include "core/credential_words.hpp"

#include <gtest/gtest.h>

#include <string>

namespace redrive {
namespace {

credentials keys(std::string id, std::string_view secret, std::string_view token = {}) {
    return {std::move(id), secret_text{secret}, secret_text{token}};
}

TEST(CredentialWords, SignWithWhatTheServiceHandsOut) {
    EXPECT_EQ(part_that_cannot_sign(keys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfi")), "");
    EXPECT_EQ(part_that_cannot_sign(keys("A", "s", std::string(longest_session_token, 't'))), "");
}

TEST(CredentialWords, NamesThePartThatNoHeaderCanCarry) {
    const std::string long_key(longest_key + 1, 'k');
    EXPECT_EQ(part_that_cannot_sign(keys("", "s")), "access key id");
    EXPECT_EQ(part_that_cannot_sign(keys("AKID\r\nX-Evil: 1", "s")), "access key id");
    EXPECT_EQ(part_that_cannot_sign(keys(long_key, "s")), "access key id");
    EXPECT_EQ(part_that_cannot_sign(keys("AKID", "")), "secret access key");
    EXPECT_EQ(part_that_cannot_sign(keys("AKID", "line\nfeed")), "secret access key");
    EXPECT_EQ(part_that_cannot_sign(keys("AKID", "s", "a blank")), "session token");
    EXPECT_EQ(part_that_cannot_sign(keys("AKID", "s", "\xc3\xa9")), "session token");
    EXPECT_EQ(part_that_cannot_sign(keys("A", "s", std::string(longest_session_token + 1, 't'))),
              "session token");
}

TEST(CredentialWords, MayBeASecretInTheWrongPlace) {
    EXPECT_TRUE(may_be_a_secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    EXPECT_TRUE(may_be_a_secret("IQoJb3JpZ2luX2VjEGQaCXVzLWVhc3QtMSJHMEUCIQDx+A/="));
    EXPECT_TRUE(may_be_a_secret("https://me:hunter2@queue.example"));
    for (const char* text : {"",
                             "eu-west-1",
                             "AdministratorAccess-123456789012-production",
                             "arn:aws:iam::123456789012:role/administrators/stopper",
                             "https://queue.example:8443/path",
                             "me@example"})
        EXPECT_FALSE(may_be_a_secret(text)) << text;
}

} // namespace
} // namespace redrive
