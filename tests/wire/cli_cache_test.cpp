#include "wire/cli_cache.hpp"

#include <gtest/gtest.h>

namespace redrive::wire {
namespace {

// As botocore 1.44 names them.
TEST(CliCache, NamesItsFilesAsTheCliDoes) {
    cli_role role;
    role.role_arn = "arn:aws:iam::123456789012:role/Ops";
    EXPECT_EQ(cli_cache_file_name(role), "057a49cc5a2930766df7d2cf8735a3d5a8d16b35.json");
    role.external_id = "e/1";
    role.mfa_serial = "arn:aws:iam::123456789012:mfa/phone";
    role.duration_seconds = 3600;
    role.session_name = "alice";
    EXPECT_EQ(cli_cache_file_name(role), "72d65fd9634822cb4547bf9a44b2c11bf43578dd.json");
}

TEST(CliCache, LooksForNothingThatItCannotSpell) {
    for (const auto* text : {"a\"b", "a\\b", "a\nb", "\xc3\xa9"}) {
        cli_role role;
        role.role_arn = "arn:aws:iam::123456789012:role/Ops";
        role.external_id = text;
        EXPECT_EQ(cli_cache_file_name(role), std::nullopt) << text;
    }
}

constexpr std::string_view good =
    R"({"Credentials": {"AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "s", "SessionToken": "t",)"
    R"( "Expiration": "2026-01-01T13:00:00+00:00", "AccountId": "123456789012"},)"
    R"( "AssumedRoleUser": {"AssumedRoleId": "x", "Arn": "y"}, "ResponseMetadata": {}})";

TEST(CliCache, IsReadForKeysAndTheirEnd) {
    const auto held = read_cli_role(good);
    ASSERT_TRUE(held);
    EXPECT_EQ(held->keys.access_key_id, "ASIAEXAMPLE");
    EXPECT_EQ(held->keys.secret_access_key.reveal(), "s");
    EXPECT_EQ(held->keys.session_token.reveal(), "t");
    EXPECT_EQ(held->keys.account_id, "123456789012");
    EXPECT_EQ(held->expiry, parse_rfc3339("2026-01-01T13:00:00Z"));
}

TEST(CliCache, IsNothingWhenAPartIsMissing) {
    for (const auto* text :
         {"",
          "[]",
          "{}",
          R"({"Credentials": 1})",
          R"({"Credentials": {"AccessKeyId": "A", "SecretAccessKey": "s"}})",
          R"({"Credentials": {"AccessKeyId": "A", "SecretAccessKey": "s", "Expiration": "soon"}})",
          R"({"Credentials": {"SecretAccessKey": "s", "Expiration": "2026-01-01T13:00:00Z"}})"})
        EXPECT_FALSE(read_cli_role(text)) << text;
}

} // namespace
} // namespace redrive::wire
