#include "wire/sso.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "support/read_or_refused.hpp"
#include "wire/http_header.hpp"

namespace redrive::wire {
namespace {

using namespace std::chrono_literals;

constexpr wall_time noon{std::chrono::milliseconds{1795348800000}}; // 2026-11-22T12:00:00Z

constexpr std::string_view file =
    R"({"startUrl": "https://corp.awsapps.com/start", "region": "eu-west-1", )"
    R"("accessToken": "hush-access", "expiresAt": "2026-11-22T12:00:00Z", )"
    R"("clientId": "client", "clientSecret": "hush-secret", )"
    R"("registrationExpiresAt": "2026-12-22T12:00:00Z", "refreshToken": "hush-refresh", )"
    R"("scopes": ["sso:account:access"], "n": 1.50})";

std::optional<sso_token> found(std::string_view json) {
    return found_in(read_sso_token(json));
}

std::string refused(std::string_view json) {
    return refused_in(read_sso_token(json));
}

endpoint at(std::string_view url) {
    return parse_endpoint(url).value();
}

TEST(Sso, NamesTheFileOfASessionAndOfAStartUrl) {
    EXPECT_EQ(sso_cache_file_name("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d.json");
    EXPECT_EQ(sso_cache_file_name("https://d-92671207e4.awsapps.com/start"),
              "13f9d35043871d073ab260e020f0ffde092cb14b.json");
}

TEST(Sso, ReadsTheTokenOfASession) {
    const auto token = found(file);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->access_token.reveal(), "hush-access");
    EXPECT_EQ(token->expires_at, noon);
    EXPECT_EQ(token->client_id, "client");
    EXPECT_EQ(token->client_secret.reveal(), "hush-secret");
    EXPECT_EQ(token->refresh_token.reveal(), "hush-refresh");
    EXPECT_EQ(token->registration_expires_at, noon + std::chrono::days{30});
    EXPECT_EQ(token->region, "eu-west-1");
    EXPECT_EQ(token->start_url, "https://corp.awsapps.com/start");
}

TEST(Sso, ReadsTheTokenOfAnOldFile) {
    const auto token =
        found(R"({"AccessToken":"t","ExpiresAt":"2026-11-22T12:00:00UTC","region":null})");
    ASSERT_TRUE(token);
    EXPECT_EQ(token->access_token.reveal(), "t");
    EXPECT_EQ(token->expires_at, noon);
    EXPECT_EQ(token->region, "");
    EXPECT_FALSE(may_refresh(*token, noon));
}

TEST(Sso, TakesTheLastOfSeveralTokens) {
    EXPECT_EQ(found(with(file, R"("n")", R"("ACCESSTOKEN":"last","n")"))->access_token.reveal(),
              "last");
    EXPECT_EQ(refused(with(file, R"("n")", R"("ACCESSTOKEN":null,"n")")),
              "it has no usable accessToken");
}

TEST(Sso, SaysWhyATokenCannotBeUsed) {
    for (const auto* value : {"null", "1", R"("")", R"("a b")", R"("a\r\nX: y")", R"(["t"])"})
        EXPECT_EQ(refused(with(file, R"("hush-access")", value)), "it has no usable accessToken");
    for (const auto* value : {"null", "1795348800", R"("")", R"("2026-11-22")"})
        EXPECT_EQ(refused(with(file, R"("2026-11-22T12:00:00Z")", value)),
                  "it has no usable expiresAt");
    for (const auto* text : {"", "[]", "null", "hush-access"})
        EXPECT_EQ(refused(text), "it is not a JSON object");
}

TEST(Sso, RefusesATokenThatIsTooLong) {
    EXPECT_TRUE(found(with(file, "hush-access", std::string(8192, 't'))));
    EXPECT_EQ(refused(with(file, "hush-access", std::string(8193, 't'))),
              "it has no usable accessToken");
    EXPECT_EQ(refused(with(file, "hush-access", std::string(65536, 't'))),
              "it is not a JSON object");
}

TEST(Sso, ReadsNoTokenFromAnyProperPrefix) {
    for (std::size_t n = 0; n < file.size(); ++n)
        EXPECT_EQ(refused(file.substr(0, n)), "it is not a JSON object") << n;
}

TEST(Sso, RefreshesOnlyWithAllThatThatTakes) {
    const auto whole = *found(file);
    EXPECT_TRUE(may_refresh(whole, noon));
    EXPECT_FALSE(may_refresh(whole, noon + std::chrono::days{30}));
    for (const auto* value :
         {R"("client")", R"("hush-secret")", R"("hush-refresh")", R"("2026-12-22T12:00:00Z")"}) {
        EXPECT_FALSE(may_refresh(found(with(file, value, "null")).value(), noon)) << value;
        EXPECT_FALSE(may_refresh(found(with(file, value, "7")).value(), noon)) << value;
    }
}

TEST(Sso, AsksForAFreshToken) {
    const auto request =
        sso_refresh_request(at("https://oidc.eu-west-1.amazonaws.com"), *found(file));
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.where.host, "oidc.eu-west-1.amazonaws.com");
    EXPECT_EQ(request.target, "/token");
    ASSERT_EQ(request.headers.size(), 1U);
    EXPECT_EQ(find_header(request.headers, "content-type"), "application/json");
    EXPECT_EQ(request.body,
              R"({"clientId":"client","clientSecret":"hush-secret",)"
              R"("grantType":"refresh_token","refreshToken":"hush-refresh"})");
}

TEST(Sso, ReadsAFreshToken) {
    const auto fresh = read_sso_refresh(
        R"({"accessToken":"a","expiresIn":28800,"refreshToken":"r","tokenType":"Bearer"})");
    ASSERT_TRUE(fresh);
    EXPECT_EQ(fresh->access_token.reveal(), "a");
    EXPECT_EQ(fresh->expires_in_seconds, 28800);
    EXPECT_EQ(fresh->refresh_token.reveal(), "r");
    EXPECT_TRUE(read_sso_refresh(R"({"accessToken":"a","expiresIn":1})")->refresh_token.empty());
}

TEST(Sso, RefusesAFreshTokenThatCannotBeUsed) {
    for (const auto* json : {"",
                             "[]",
                             R"({"accessToken":"a"})",
                             R"({"expiresIn":1})",
                             R"({"accessToken":"a","expiresIn":0})",
                             R"({"accessToken":"a","expiresIn":9e18})",
                             R"({"accessToken":"a","expiresIn":"1"})",
                             R"({"accessToken":"a b","expiresIn":1})",
                             R"({"error":"invalid_grant"})"})
        EXPECT_FALSE(read_sso_refresh(json)) << json;
}

TEST(Sso, WritesWhatIsFreshIntoTheFileAndKeepsTheRest) {
    auto token = *found(file);
    token.access_token = secret_text{"new-access"};
    token.refresh_token = secret_text{"new-refresh"};
    token.expires_at = noon + 8h + 250ms;
    auto expected = with(file, "hush-access", "new-access");
    expected = with(expected, "hush-refresh", "new-refresh");
    expected = with(expected, "2026-11-22T12:00:00Z", "2026-11-22T20:00:00Z");
    EXPECT_EQ(updated_sso_token(file, token), expected);
}

TEST(Sso, KeepsInTheFileWhatATokenDoesNotHave) {
    sso_token token;
    token.access_token = secret_text{"new-access"};
    EXPECT_EQ(updated_sso_token(file, token), with(file, "hush-access", "new-access"));
}

TEST(Sso, WritesIntoNoFileThatIsNoObject) {
    for (const auto* text : {"", "[]", "{\"accessToken\":"})
        EXPECT_FALSE(updated_sso_token(text, *found(file))) << text;
}

TEST(Sso, ReadsBackWhatItWrote) {
    const auto token = *found(file);
    const auto back = found(updated_sso_token("{}", token).value());
    ASSERT_TRUE(back);
    EXPECT_EQ(back->access_token, token.access_token);
    EXPECT_EQ(back->expires_at, token.expires_at);
    EXPECT_EQ(back->start_url, token.start_url);
    EXPECT_TRUE(may_refresh(*back, noon));
}

TEST(Sso, AsksForTheCredentialsOfARole) {
    const auto request = sso_credentials_request(at("https://portal.sso.eu-west-1.amazonaws.com"),
                                                 secret_text{"hush"},
                                                 "123456789012",
                                                 "Stop & Go/+");
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.target,
              "/federation/credentials?role_name=Stop%20%26%20Go%2F%2B&account_id=123456789012");
    ASSERT_EQ(request.headers.size(), 1U);
    EXPECT_EQ(find_header(request.headers, "x-amz-sso_bearer_token"), "hush");
    EXPECT_EQ(request.body, "");
}

TEST(Sso, AsksBelowThePathOfItsEndpoint) {
    const auto base = at("http://localhost:8080/sso/");
    EXPECT_EQ(sso_credentials_request(base, secret_text{"t"}, "1", "r").target,
              "/sso/federation/credentials?role_name=r&account_id=1");
    EXPECT_EQ(sso_refresh_request(base, *found(file)).target, "/sso/token");
}

constexpr std::string_view reply =
    R"({"roleCredentials":{"accessKeyId":"ASIA","secretAccessKey":"hush",)"
    R"("sessionToken":"hushhush","expiration":1795348800000}})";

TEST(Sso, ReadsTheCredentialsOfARole) {
    const auto read = read_sso_credentials(reply);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->keys.access_key_id, "ASIA");
    EXPECT_EQ(read->keys.secret_access_key.reveal(), "hush");
    EXPECT_EQ(read->keys.session_token.reveal(), "hushhush");
    EXPECT_EQ(read->keys.account_id, "");
    EXPECT_EQ(read->expiry, noon);
}

TEST(Sso, RefusesCredentialsInWhichAPartIsMissingOrUseless) {
    for (const auto* part : {R"("ASIA")", R"("hush")", R"("hushhush")", "1795348800000"})
        for (const auto* value : {"null", "-1", R"("")", R"("a b")", "{}", "253402300800000"})
            EXPECT_FALSE(read_sso_credentials(with(reply, part, value))) << part << value;
    for (std::size_t n = 0; n < reply.size(); ++n)
        EXPECT_FALSE(read_sso_credentials(reply.substr(0, n))) << n;
    EXPECT_FALSE(read_sso_credentials(R"({"roleCredentials":[]})"));
}

} // namespace
} // namespace redrive::wire
