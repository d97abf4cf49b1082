#include "wire/metadata_credentials.hpp"

#include <gtest/gtest.h>

#include <string>

#include "redrive/diagnostics.hpp"
#include "support/read_or_refused.hpp"

namespace redrive::wire {
namespace {

constexpr wall_time noon{std::chrono::milliseconds{1795348800000}}; // 2026-11-22T12:00:00Z

constexpr std::string_view of_ec2 = R"({
  "Code" : "Success",
  "LastUpdated" : "2026-11-22T06:00:00Z",
  "Type" : "AWS-HMAC",
  "AccessKeyId" : "ASIAEXAMPLE",
  "SecretAccessKey" : "hush/Secret",
  "Token" : "hush/Token==",
  "Expiration" : "2026-11-22T12:00:00Z"
})";

std::optional<temporary_credentials> found(std::string_view json) {
    return found_in(read_metadata_credentials(json));
}

metadata_error refused(std::string_view json) {
    return refused_in(read_metadata_credentials(json));
}

TEST(MetadataCredentials, AreReadFromTheReplyOfEc2) {
    const auto read = found(of_ec2);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->keys.access_key_id, "ASIAEXAMPLE");
    EXPECT_EQ(read->keys.secret_access_key.reveal(), "hush/Secret");
    EXPECT_EQ(read->keys.session_token.reveal(), "hush/Token==");
    EXPECT_EQ(read->keys.account_id, "");
    EXPECT_EQ(read->expiry, noon);
}

TEST(MetadataCredentials, AreReadFromTheReplyOfAContainerAgent) {
    const auto read = found(
        R"({"RoleArn":"arn","accesskeyid":"ASIA","SECRETACCESSKEY":"s","sessionToken":"t",)"
        R"("Expiration":"2026-11-22T12:00:00.5Z","AccountId":"123456789012","code":"SUCCESS"})");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->keys.session_token.reveal(), "t");
    EXPECT_EQ(read->keys.account_id, "123456789012");
    EXPECT_EQ(read->expiry, noon + std::chrono::milliseconds{500});
}

TEST(MetadataCredentials, MayLackACode) {
    EXPECT_TRUE(found(with(of_ec2, R"("Success")", "null")));
    EXPECT_TRUE(found(with(of_ec2, R"("Success")", R"("")")));
}

TEST(MetadataCredentials, PreferTheLastOfSeveralMembers) {
    const auto read = found(with(of_ec2, R"("Type")", R"("ACCESSKEYID":"first", "Type")"));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->keys.access_key_id, "ASIAEXAMPLE");
}

TEST(MetadataCredentials, AreRefusedWithTheCodeOfTheService) {
    const auto error = refused(
        R"({"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume the role stop."})");
    EXPECT_EQ(error.code, "AssumeRoleUnauthorizedAccess");
    EXPECT_EQ(error.message, "EC2 cannot assume the role stop.");
    EXPECT_EQ(refused(R"({"code":"ResourceNotFound"})").message, "");
}

TEST(MetadataCredentials, AreRefusedEvenIfAnErrorBringsKeys) {
    const auto error = refused(with(of_ec2, "Success", "Failed"));
    EXPECT_EQ(error.code, "Failed");
    EXPECT_EQ(error.message, "");
}

TEST(MetadataCredentials, BoundWhatTheServiceSays) {
    const std::string much(9000, 'x');
    const auto error = refused(R"({"Code":")" + much + R"(","Message":")" + much + "\"}");
    EXPECT_EQ(error.code.size(), diagnostics::longest_message);
    EXPECT_EQ(error.message.size(), diagnostics::longest_message);
}

// The value of a member of `of_ec2`, with its quotes.
std::string value_of(std::string_view name) {
    const auto key = "\"" + std::string{name} + "\" : ";
    const auto begin = of_ec2.find(key) + key.size();
    return std::string{of_ec2.substr(begin, of_ec2.find('"', begin + 1) + 1 - begin)};
}

TEST(MetadataCredentials, NeedEveryPart) {
    for (const auto* name : {"AccessKeyId", "SecretAccessKey", "Token", "Expiration"}) {
        for (const auto* value :
             {"null", "1", "[]", R"("")", "true", R"("a b")", R"("a\r\nX: y")"}) {
            const auto error = refused(with(of_ec2, value_of(name), value));
            EXPECT_EQ(error.code, "") << name << value;
            EXPECT_EQ(error.message.rfind("it has no usable ", 0), 0U) << name << value;
        }
    }
    EXPECT_EQ(refused(with(of_ec2, value_of("Token"), "null")).message,
              "it has no usable session token");
}

TEST(MetadataCredentials, RefuseKeysThatAreTooLong) {
    const auto of_size = [](std::size_t n) { return "\"" + std::string(n, 'x') + "\""; };
    EXPECT_TRUE(found(with(of_ec2, value_of("Token"), of_size(4096))));
    EXPECT_FALSE(found(with(of_ec2, value_of("Token"), of_size(4097))));
    EXPECT_FALSE(found(with(of_ec2, value_of("AccessKeyId"), of_size(257))));
    EXPECT_FALSE(found(with(of_ec2, value_of("SecretAccessKey"), of_size(70000))));
}

TEST(MetadataCredentials, NeverTellAKeyInAnError) {
    for (const auto* name : {"AccessKeyId", "Expiration", "Token"})
        EXPECT_EQ(refused(with(of_ec2, value_of(name), "null")).message.find("hush"),
                  std::string::npos);
    EXPECT_EQ(refused(with(of_ec2, "hush/Token==", "hush Token")).message.find("hush"),
              std::string::npos);
}

TEST(MetadataCredentials, AreUnreadableWhenTheyAreNoObject) {
    for (const auto* text : {"", "Not Found", "[]", "null", "\"Success\"", "{"})
        EXPECT_EQ(refused(text).message, "it is not a JSON object") << text;
    EXPECT_EQ(refused(R"({"Code":1})").message, "its Code is no text");
    EXPECT_EQ(refused(R"({"Code":1})").code, "");
}

TEST(MetadataCredentials, AreUnreadableFromAnyProperPrefix) {
    for (std::size_t n = 0; n < of_ec2.size(); ++n)
        EXPECT_EQ(refused(of_ec2.substr(0, n)).code, "") << n;
}

} // namespace
} // namespace redrive::wire
