#include "auth/login_session.hpp"

#include <gmock/gmock.h>

#include "auth/source_rig.hpp"
#include "support/ec_key.hpp"
#include "wire/login.hpp"

namespace redrive::auth {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* login_arn = "arn:aws:iam::123456789012:user/me";

constexpr const char* fresh_session =
    R"({"accessToken":{"accessKeyId":"ASIANEW","secretAccessKey":"new-s3cr3t",)"
    R"("sessionToken":"new-t0k3n"},"expiresIn":900,"refreshToken":"refresh-2"})";

// As it stands in JSON.
std::string key_in_json() {
    std::string text;
    for (const char c : test::new_ec_key())
        text += c == '\n' ? std::string{"\\n"} : std::string{c};
    return text;
}

std::string session_file(const std::string& expires, const std::string& key = key_in_json()) {
    return R"({"accessToken":{"accessKeyId":"ASIAOLD","secretAccessKey":"hunter2",)"
           R"("sessionToken":"hunter2-token","accountId":"123456789012","expiresAt":")" +
           expires + R"("},"tokenType":"aws_sigv4","clientId":"client",)" +
           R"("refreshToken":"hunter2-refresh","idToken":"stays","dpopKey":")" + key + "\"}";
}

std::string login_path(const std::string& folder = "/home/.aws/login/cache/") {
    return folder + wire::login_cache_file_name(login_arn);
}

result<loaded_credentials> login(source_rig& it) {
    it.config.region = {"eu-west-1", "test"};
    return it.run(login_credentials(it.context, it.config, login_source{login_arn}));
}

TEST(LoginSession, IsUsedAsItIsWhileItIsGood) {
    source_rig it;
    it.write(login_path(), session_file("2026-01-01T12:06:00Z"));
    const auto found = login(it);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->keys.access_key_id, "ASIAOLD");
    EXPECT_EQ(found->keys.secret_access_key.reveal(), "hunter2");
    EXPECT_EQ(found->keys.session_token.reveal(), "hunter2-token");
    EXPECT_EQ(found->keys.account_id, "123456789012");
    EXPECT_EQ(found->expiry, source_rig::noon + 6min);
    EXPECT_EQ(found->usable_until, found->expiry);
    EXPECT_EQ(found->source, std::string{"login session "} + login_arn);
    EXPECT_TRUE(it.net->asked.empty());
}

TEST(LoginSession, IsFoundWhereTheVariableSays) {
    source_rig it;
    it.set("AWS_LOGIN_CACHE_DIRECTORY", "/elsewhere");
    it.write(login_path("/elsewhere/"), session_file("2026-01-01T18:00:00Z"));
    EXPECT_EQ(key_or_error(login(it)), "ASIAOLD");
}

TEST(LoginSession, IsRefreshedFiveMinutesAheadAndWrittenBack) {
    source_rig it;
    it.write(login_path(), session_file("2026-01-01T12:05:00Z"));
    it.answer(replied(200, fresh_session));
    const auto found = login(it);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->keys.access_key_id, "ASIANEW");
    EXPECT_EQ(found->keys.account_id, "123456789012");
    EXPECT_EQ(found->expiry, source_rig::noon + 15min);
    ASSERT_EQ(it.net->asked.size(), 1u);
    const auto& asked = it.net->asked[0];
    EXPECT_EQ(asked.where.url(), "https://eu-west-1.signin.aws.amazon.com");
    EXPECT_EQ(asked.target, "/v1/token");
    EXPECT_EQ(asked.method, "POST");
    EXPECT_EQ(asked.body,
              R"({"clientId":"client","grantType":"refresh_token",)"
              R"("refreshToken":"hunter2-refresh"})");
    EXPECT_THAT(header_of(asked, "dpop"), ::testing::MatchesRegex("[^.]+[.][^.]+[.][^.]+"));
    EXPECT_EQ(header_of(asked, "authorization"), "");

    const auto written = it.read(login_path());
    EXPECT_THAT(written, HasSubstr(R"("accessKeyId":"ASIANEW")"));
    EXPECT_THAT(written, HasSubstr(R"("refreshToken":"refresh-2")"));
    EXPECT_THAT(written, HasSubstr("2026-01-01T12:15:00Z"));
    EXPECT_THAT(written, HasSubstr(R"("idToken":"stays")"));
    EXPECT_THAT(written, Not(HasSubstr("hunter2")));
    EXPECT_EQ(key_or_error(login(it)), "ASIANEW"); // from the file
    EXPECT_EQ(it.net->asked.size(), 1u);
}

TEST(LoginSession, ServesUntilItsEndWhenItCannotBeRefreshed) {
    source_rig it;
    const auto text = session_file("2026-01-01T12:04:00Z");
    it.write(login_path(), text);
    it.answer(replied(403, R"({"error":"TOKEN_EXPIRED"})"));
    EXPECT_EQ(key_or_error(login(it)), "ASIAOLD");
    EXPECT_EQ(it.read(login_path()), text);
    it.time->set_wall_clock(source_rig::noon + 4min);
    it.answer(replied(403, R"({"error":"TOKEN_EXPIRED"})"));
    const auto late = login(it);
    EXPECT_THAT(key_or_error(late),
                HasSubstr("answered 403: the login session has expired; run: aws login"));
    EXPECT_EQ(late.error().code, client_errc::credentials_failed);
}

TEST(LoginSession, ProvesEachAttemptAnew) {
    source_rig it;
    std::uint64_t next = 0;
    it.context.random = [&] { return ++next; };
    it.write(login_path(), session_file("2026-01-01T11:00:00Z"));
    auto throttled = replied(429);
    throttled.reply.headers = {{"x-amzn-ErrorType", "ThrottlingException"}};
    it.answer(throttled);
    it.answer(replied(500));
    it.answer(replied(200, fresh_session));
    EXPECT_EQ(key_or_error(login(it)), "ASIANEW");
    ASSERT_EQ(it.net->asked.size(), 3u);
    EXPECT_NE(header_of(it.net->asked[0], "dpop"), header_of(it.net->asked[1], "dpop"));
    EXPECT_NE(header_of(it.net->asked[1], "dpop"), header_of(it.net->asked[2], "dpop"));
}

TEST(LoginSession, SaysWhatToDoAboutARefusal) {
    const struct {
        net::fetched reply;
        const char* why;
    } rows[] = {
        {replied(403, R"({"error":"USER_CREDENTIALS_CHANGED"})"), "password has changed"},
        {replied(403, R"({"error":"INSUFFICIENT_PERMISSIONS"})"), "signin:CreateOAuth2Token"},
        {replied(400, "hunter2"), "answered 400: the login session cannot be refreshed; run: aws"},
        {replied(302), "answered 302"},
        {replied(503, "hunter2"), "AWS Sign-In answered 503"},
        {unanswered(client_errc::connect_timeout), "AWS Sign-In cannot be asked"},
        {replied(200, R"({"accessToken":{"secretAccessKey":"hunter2"}})"), "are no credentials"},
    };
    for (const auto& [reply, why] : rows) {
        source_rig it;
        it.write(login_path(), session_file("2026-01-01T11:00:00Z"));
        for (int i = 0; i < 3; ++i)
            it.answer(reply);
        const auto found = login(it);
        EXPECT_THAT(key_or_error(found), HasSubstr(why));
        EXPECT_THAT(key_or_error(found), Not(HasSubstr("hunter2")));
        EXPECT_FALSE(!found && is_not_configured(found.error()));
    }
}

TEST(LoginSession, SaysWhatToDoWithoutASession) {
    source_rig it;
    EXPECT_THAT(key_or_error(login(it)), HasSubstr("there is no login session"));
    EXPECT_THAT(key_or_error(login(it)), HasSubstr("run: aws login"));
    it.write(login_path(), R"({"accessToken":{"secretAccessKey":"hunter2"})");
    EXPECT_THAT(key_or_error(login(it)), HasSubstr("it is not a JSON object; run: aws login"));
    it.write(login_path(), R"({"accessToken":{"secretAccessKey":"hunter2"}})");
    EXPECT_THAT(key_or_error(login(it)), HasSubstr("no usable access key id; run: aws login"));
    it.write(login_path(), session_file("2026-01-01T11:00:00Z", "hunter2"));
    EXPECT_THAT(key_or_error(login(it)), HasSubstr("key cannot be used; run: aws login"));
    EXPECT_TRUE(it.net->asked.empty());

    source_rig homeless;
    homeless.variables.erase("HOME");
    homeless.context.env = environment{homeless.variables};
    EXPECT_THAT(key_or_error(login(homeless)), HasSubstr("HOME is not set"));
}

} // namespace
} // namespace redrive::auth
