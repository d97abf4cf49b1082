#include "wire/process_credentials.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "support/read_or_refused.hpp"

namespace redrive::wire {
namespace {

constexpr std::string_view example =
    R"({"Version":1,"AccessKeyId":"ASIA","SecretAccessKey":"hush","SessionToken":"hushhush",)"
    R"("Expiration":"2026-11-22T14:00:00+02:00","AccountId":"123456789012"})";

std::optional<temporary_credentials> found(std::string_view json) {
    return found_in(read_process_credentials(json));
}

std::string refused(std::string_view json) {
    return refused_in(read_process_credentials(json));
}

std::string adding(std::string_view members) {
    return R"({"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"hush")" + std::string{members} +
           "}";
}

TEST(ProcessCredentials, AreReadWithAllThatTheyMayHave) {
    const auto read = found(example);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->keys.access_key_id, "ASIA");
    EXPECT_EQ(read->keys.secret_access_key.reveal(), "hush");
    EXPECT_EQ(read->keys.session_token.reveal(), "hushhush");
    EXPECT_EQ(read->keys.account_id, "123456789012");
    EXPECT_EQ(read->expiry, wall_time{std::chrono::milliseconds{1795348800000}});
}

TEST(ProcessCredentials, MayNeverExpireAndHaveNoToken) {
    for (const auto* members : {"", R"(,"SessionToken":null,"Expiration":null,"AccountId":null)"}) {
        const auto read = found(adding(members));
        ASSERT_TRUE(read) << members;
        EXPECT_TRUE(read->keys.session_token.empty());
        EXPECT_EQ(read->keys.account_id, "");
        EXPECT_FALSE(read->expiry);
    }
}

TEST(ProcessCredentials, AreReadWhateverTheCaseOfTheNames) {
    const auto read =
        found(R"({"version":1,"accessKeyId":"AKIA","SECRETACCESSKEY":"s","sessiontoken":"t"})");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->keys.session_token.reveal(), "t");
}

TEST(ProcessCredentials, TakeTheLastOfSeveralMembers) {
    const auto read = found(adding(R"(,"accesskeyid":"other","version":1)"));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->keys.access_key_id, "other");
    EXPECT_FALSE(found(adding(R"(,"version":2)")));
}

TEST(ProcessCredentials, NeedTheNumberOneAsTheirVersion) {
    for (const auto* version : {"\"1\"", "2", "0", "1.5", "true", "null", "[1]", "1e300"})
        EXPECT_EQ(refused(R"({"AccessKeyId":"AKIA","SecretAccessKey":"hush","Version":)" +
                          std::string{version} + "}"),
                  "its Version is not the number 1")
            << version;
    EXPECT_EQ(refused(R"({"AccessKeyId":"AKIA","SecretAccessKey":"hush"})"),
              "its Version is not the number 1");
}

TEST(ProcessCredentials, SayWhichPartCannotBeUsed) {
    for (const auto* id : {"null", "1", R"("")", R"("a b")", R"("a\n")"})
        EXPECT_EQ(refused(adding(R"(,"AccessKeyId":)" + std::string{id})),
                  "it has no usable access key id");
    EXPECT_EQ(refused(adding(R"(,"SecretAccessKey":["hush"])")),
              "it has no usable secret access key");
    for (const auto* token : {"1", R"("hush\r\nX: y")", "{}"})
        EXPECT_EQ(refused(adding(R"(,"SessionToken":)" + std::string{token})),
                  "it has no usable session token");
    for (const auto* time : {"1795348800", R"("")", R"("soon")", R"("2026-11-22T12:00:00")"})
        EXPECT_EQ(refused(adding(R"(,"Expiration":)" + std::string{time})),
                  "its Expiration is not a time of RFC 3339");
}

TEST(ProcessCredentials, RefuseWhatIsTooLong) {
    const auto token = [](std::size_t n) {
        return adding(R"(,"SessionToken":")" + std::string(n, 't') + "\"");
    };
    EXPECT_TRUE(found(token(4096)));
    EXPECT_EQ(refused(token(4097)), "it has no usable session token");
    EXPECT_EQ(refused(token(9000)), "it has no usable session token");
    EXPECT_EQ(refused(token(70000)), "it is not a JSON object");
}

TEST(ProcessCredentials, AreNotReadFromAnyProperPrefix) {
    for (std::size_t n = 0; n < example.size(); ++n)
        EXPECT_EQ(refused(example.substr(0, n)), "it is not a JSON object") << n;
}

} // namespace
} // namespace redrive::wire
