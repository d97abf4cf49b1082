#include "auth/identity_center.hpp"

#include <gmock/gmock.h>

#include "auth/source_rig.hpp"
#include "wire/sso.hpp"

namespace redrive::auth {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* role_reply =
    R"({"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"s3cr3t",)"
    R"("sessionToken":"t0k3n","expiration":1767272400000}})"; // 13:00

constexpr const char* refresh_parts =
    R"(,"clientId":"id","clientSecret":"hunter2","refreshToken":"refresh-1",)"
    R"("registrationExpiresAt":"2026-03-01T00:00:00Z","startUrl":"https://a.example/start")";

std::string token_file(const std::string& expires, const std::string& more = {}) {
    return R"({"accessToken":"hunter2","expiresAt":")" + expires + "\"" + more + "}";
}

sso_source session() {
    sso_source out;
    out.region = "us-east-1";
    out.start_url = "https://a.example/start";
    out.account_id = "123456789012";
    out.role_name = "Stopper";
    out.session = "corp";
    return out;
}

std::string cache_path(const std::string& key) {
    return "/home/.aws/sso/cache/" + wire::sso_cache_file_name(key);
}

result<loaded_credentials> role_of(source_rig& it, sso_source from = session()) {
    return it.run(identity_center_credentials(it.context, it.config, std::move(from)));
}

TEST(IdentityCenter, ExchangesTheTokenForARolesCredentials) {
    source_rig it;
    it.write(cache_path("corp"), token_file("2026-01-01T18:00:00Z", refresh_parts));
    it.answer(replied(200, role_reply));
    const auto found = role_of(it);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->keys.access_key_id, "ASIASSO");
    EXPECT_EQ(found->keys.account_id, "123456789012");
    EXPECT_EQ(found->expiry, source_rig::noon + 1h);
    ASSERT_EQ(it.net->asked.size(), 1u);
    EXPECT_EQ(it.net->asked[0].where.host, "portal.sso.us-east-1.amazonaws.com");
    EXPECT_EQ(it.net->asked[0].target,
              "/federation/credentials?role_name=Stopper&account_id=123456789012");
    EXPECT_EQ(header_of(it.net->asked[0], "x-amz-sso_bearer_token"), "hunter2");
    EXPECT_EQ(header_of(it.net->asked[0], "authorization"), "");
}

TEST(IdentityCenter, RefreshesATokenThatIsAboutToExpireAndWritesItBack) {
    source_rig it;
    it.write(cache_path("corp"), token_file("2026-01-01T12:04:00Z", refresh_parts));
    it.answer(
        replied(200, R"({"accessToken":"fresh","expiresIn":28800,"refreshToken":"refresh-2"})"));
    it.answer(replied(200, role_reply));
    EXPECT_EQ(key_or_error(role_of(it)), "ASIASSO");
    EXPECT_EQ(it.net->asked[0].where.host, "oidc.us-east-1.amazonaws.com");
    EXPECT_EQ(it.net->asked[0].target, "/token");
    EXPECT_EQ(header_of(it.net->asked[1], "x-amz-sso_bearer_token"), "fresh");
    const auto written = it.read(cache_path("corp"));
    EXPECT_THAT(written, HasSubstr("refresh-2"));
    EXPECT_THAT(written, HasSubstr("2026-01-01T20:00:00Z"));
    EXPECT_THAT(written, HasSubstr("https://a.example/start"));
    EXPECT_THAT(written, Not(HasSubstr("refresh-1")));
}

TEST(IdentityCenter, RefreshesInTheRegionOfTheSessionWhateverTheFileSays) {
    source_rig it;
    it.write(cache_path("corp"),
             token_file("2026-01-01T12:04:00Z",
                        std::string{refresh_parts} + R"(,"region":"eu-west-1")"));
    it.answer(replied(200, R"({"accessToken":"fresh","expiresIn":28800})"));
    it.answer(replied(200, role_reply));
    EXPECT_EQ(key_or_error(role_of(it)), "ASIASSO");
    EXPECT_EQ(it.net->asked[0].where.host, "oidc.us-east-1.amazonaws.com");
    EXPECT_THAT(it.read(cache_path("corp")), HasSubstr(R"("region":"us-east-1")"));
}

TEST(IdentityCenter, UsesATokenThatCannotBeRefreshedUntilItsEnd) {
    source_rig it;
    it.write(cache_path("corp"), token_file("2026-01-01T12:04:00Z", refresh_parts));
    it.answer(replied(400, R"({"error":"invalid_grant"})"));
    it.answer(replied(200, role_reply));
    EXPECT_EQ(key_or_error(role_of(it)), "ASIASSO");
    EXPECT_EQ(header_of(it.net->asked[1], "x-amz-sso_bearer_token"), "hunter2");
    it.time->set_wall_clock(source_rig::noon + 5min);
    it.answer(replied(400, R"({"error":"invalid_grant"})"));
    const auto late = role_of(it);
    EXPECT_THAT(key_or_error(late),
                HasSubstr("has expired; run: aws sso login --sso-session corp"));
    EXPECT_THAT(key_or_error(late), Not(HasSubstr("hunter2")));
}

TEST(IdentityCenter, NeverRefreshesATokenOfTheLegacyForm) {
    source_rig it;
    auto legacy = session();
    legacy.session.clear();
    it.write(cache_path("https://a.example/start"),
             token_file("2026-01-01T12:04:00UTC", refresh_parts));
    it.answer(replied(200, role_reply));
    EXPECT_EQ(key_or_error(role_of(it, legacy)), "ASIASSO");
    it.time->set_wall_clock(source_rig::noon + 5min);
    EXPECT_THAT(key_or_error(role_of(it, legacy)), HasSubstr("run: aws sso login"));
    EXPECT_EQ(it.net->asked.size(), 1u);
}

TEST(IdentityCenter, SaysWhatToDoWithoutAToken) {
    source_rig it;
    EXPECT_THAT(key_or_error(role_of(it)), HasSubstr("run: aws sso login --sso-session corp"));
    it.write(cache_path("corp"), "{\"accessToken\": \"hunter2\"");
    EXPECT_THAT(key_or_error(role_of(it)), HasSubstr("cannot be used"));
    EXPECT_THAT(key_or_error(role_of(it)), Not(HasSubstr("hunter2")));
    it.write(cache_path("corp"), token_file("2026-01-01T18:00:00Z"));
    it.answer(replied(401));
    EXPECT_THAT(key_or_error(role_of(it)), HasSubstr("run: aws sso login"));
    it.answer(replied(403));
    EXPECT_THAT(key_or_error(role_of(it)), HasSubstr("not assigned to you"));
}

} // namespace
} // namespace redrive::auth
