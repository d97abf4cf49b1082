#include "wire/login.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "support/ec_key.hpp"
#include "support/read_or_refused.hpp"
#include "wire/http_header.hpp"

namespace redrive::wire {
namespace {

using namespace std::chrono_literals;

constexpr wall_time noon{std::chrono::milliseconds{1795348800000}}; // 2026-11-22T12:00:00Z

constexpr std::string_view file =
    R"({"accessToken": {"accessKeyId": "ASIA", "secretAccessKey": "hush-secret", )"
    R"("sessionToken": "hush-session", "accountId": "123456789012", )"
    R"("expiresAt": "2026-11-22T12:00:00Z", "more": [1.50]}, "tokenType": "aws_sigv4", )"
    R"("clientId": "arn:aws:signin:::devtools/same-device", "refreshToken": "hush-refresh", )"
    R"("idToken": "hush.id.token", "dpopKey": "hush-key\nline"})";

std::optional<login_cache> found(std::string_view json) {
    return found_in(read_login_cache(json));
}

std::string refused(std::string_view json) {
    return refused_in(read_login_cache(json));
}

TEST(Login, NamesTheFileOfASession) {
    EXPECT_EQ(login_cache_file_name("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.json");
    EXPECT_EQ(login_cache_file_name(" abc\t\n"), login_cache_file_name("abc"));
}

TEST(Login, ReadsASession) {
    const auto session = found(file);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->current.keys.access_key_id, "ASIA");
    EXPECT_EQ(session->current.keys.secret_access_key.reveal(), "hush-secret");
    EXPECT_EQ(session->current.keys.session_token.reveal(), "hush-session");
    EXPECT_EQ(session->current.keys.account_id, "123456789012");
    EXPECT_EQ(session->current.expiry, noon);
    EXPECT_EQ(session->client_id, "arn:aws:signin:::devtools/same-device");
    EXPECT_EQ(session->refresh_token.reveal(), "hush-refresh");
    EXPECT_EQ(session->dpop_key.reveal(), "hush-key\nline");
}

TEST(Login, TakesTheLastOfSeveralMembers) {
    EXPECT_EQ(found(with(file, R"("tokenType")", R"("CLIENTID":"first","tokenType")"))->client_id,
              "arn:aws:signin:::devtools/same-device");
    EXPECT_EQ(refused(with(file, R"("idToken")", R"("AccessToken":{},"idToken")")),
              "its accessToken has no usable access key id");
}

TEST(Login, SaysWhichPartOfASessionIsMissing) {
    const auto why = [](std::string_view part, std::string_view value) {
        return refused(with(file, part, value));
    };
    for (const auto* value : {"null", "1", "[]", R"("")"}) {
        EXPECT_EQ(why(R"("ASIA")", value), "its accessToken has no usable access key id");
        EXPECT_EQ(why(R"("hush-secret")", value),
                  "its accessToken has no usable secret access key");
        EXPECT_EQ(why(R"("hush-session")", value), "its accessToken has no usable session token");
        EXPECT_EQ(why(R"("123456789012")", value), "its accessToken has no usable account id");
        EXPECT_EQ(why(R"("2026-11-22T12:00:00Z")", value),
                  "its accessToken has no usable expiresAt");
        EXPECT_EQ(why(R"("arn:aws:signin:::devtools/same-device")", value),
                  "it has no usable clientId");
        EXPECT_EQ(why(R"("hush-refresh")", value), "it has no usable refreshToken");
        EXPECT_EQ(why(R"("hush-key\nline")", value), "it has no usable dpopKey");
    }
    EXPECT_EQ(refused(R"({"accessToken":"hush"})"), "its accessToken has no usable access key id");
    EXPECT_EQ(refused("hush"), "it is not a JSON object");
}

TEST(Login, RefusesKeysThatCannotStandInAHeader) {
    EXPECT_EQ(refused(with(file, "hush-session", R"(t\r\nX: y)")),
              "its accessToken has no usable session token");
    EXPECT_EQ(refused(with(file, "hush-session", std::string(4097, 't'))),
              "its accessToken has no usable session token");
    EXPECT_EQ(refused(with(file, "ASIA", std::string(257, 'A'))),
              "its accessToken has no usable access key id");
    EXPECT_EQ(refused(with(file, "hush-key", std::string(8193, 'k'))), "it has no usable dpopKey");
    EXPECT_EQ(refused(with(file, "hush-key", std::string(70000, 'k'))), "it is not a JSON object");
}

TEST(Login, ReadsNoSessionFromAnyProperPrefix) {
    for (std::size_t n = 0; n < file.size(); ++n)
        EXPECT_EQ(refused(file.substr(0, n)), "it is not a JSON object") << n;
}

TEST(Login, AsksForFreshCredentialsWithAProof) {
    auto session = *found(file);
    session.dpop_key = secret_text{test::new_ec_key()};
    const auto signin = parse_endpoint("https://eu-west-1.signin.aws.amazon.com").value();
    const auto request = login_refresh_request(signin, session, {"id", noon});
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, "POST");
    EXPECT_EQ(request->where, signin);
    EXPECT_EQ(request->target, "/v1/token");
    EXPECT_EQ(request->body,
              R"({"clientId":"arn:aws:signin:::devtools/same-device",)"
              R"("grantType":"refresh_token","refreshToken":"hush-refresh"})");
    ASSERT_EQ(request->headers.size(), 2U);
    EXPECT_EQ(find_header(request->headers, "content-type"), "application/json");
    const auto proof = find_header(request->headers, "dpop");
    const auto expected = dpop_proof(
        session.dpop_key, "POST", "https://eu-west-1.signin.aws.amazon.com/v1/token", {"id", noon});
    // The signature differs each time.
    EXPECT_EQ(proof.substr(0, proof.rfind('.')), expected->substr(0, expected->rfind('.')));
}

TEST(Login, AsksNothingWithAKeyThatSignsNothing) {
    const auto signin = parse_endpoint("https://eu-west-1.signin.aws.amazon.com").value();
    EXPECT_FALSE(login_refresh_request(signin, *found(file), {"id", noon}));
}

constexpr std::string_view reply =
    R"({"accessToken":{"accessKeyId":"ASIANEW","secretAccessKey":"new-secret",)"
    R"("sessionToken":"new-session"},"tokenType":"aws_sigv4","expiresIn":900,)"
    R"("refreshToken":"new-refresh"})";

TEST(Login, ReadsFreshCredentials) {
    const auto fresh = read_login_refresh(reply);
    ASSERT_TRUE(fresh);
    EXPECT_EQ(fresh->current.keys.access_key_id, "ASIANEW");
    EXPECT_EQ(fresh->current.keys.secret_access_key.reveal(), "new-secret");
    EXPECT_EQ(fresh->current.keys.session_token.reveal(), "new-session");
    EXPECT_FALSE(fresh->current.expiry);
    EXPECT_EQ(fresh->expires_in_seconds, 900);
    EXPECT_EQ(fresh->refresh_token.reveal(), "new-refresh");
}

TEST(Login, RefusesFreshCredentialsInWhichAPartIsMissingOrUseless) {
    for (const auto* part :
         {R"("ASIANEW")", R"("new-secret")", R"("new-session")", "900", R"("new-refresh")"})
        for (const auto* value : {"null", "-1", R"("")", R"("a b")", "9e18", "[]"})
            EXPECT_FALSE(read_login_refresh(with(reply, part, value))) << part << value;
    for (std::size_t n = 0; n < reply.size(); ++n)
        EXPECT_FALSE(read_login_refresh(reply.substr(0, n))) << n;
}

TEST(Login, WritesWhatIsFreshIntoTheFileAndKeepsTheRest) {
    auto session = *found(file);
    session.current.keys.access_key_id = "ASIANEW";
    session.current.keys.secret_access_key = secret_text{"new-secret"};
    session.current.keys.session_token = secret_text{"new-session"};
    session.current.expiry = noon + 15min;
    session.refresh_token = secret_text{"new-refresh"};
    auto expected = with(file, "ASIA", "ASIANEW");
    expected = with(expected, "hush-secret", "new-secret");
    expected = with(expected, "hush-session", "new-session");
    expected = with(expected, "2026-11-22T12:00:00Z", "2026-11-22T12:15:00Z");
    expected = with(expected, "hush-refresh", "new-refresh");
    EXPECT_EQ(updated_login_cache(file, session), expected);
}

TEST(Login, WritesIntoNoFileThatHoldsNoSession) {
    for (const auto* text : {"", "[]", "{}", R"({"accessToken":"t"})", R"({"accessToken":null})"})
        EXPECT_FALSE(updated_login_cache(text, *found(file))) << text;
}

TEST(Login, ExplainsWhatToDoAboutARefusal) {
    EXPECT_EQ(explain_login_refusal(R"({"error":"TOKEN_EXPIRED","message":"hush"})"),
              "the login session has expired; run: aws login");
    EXPECT_EQ(explain_login_refusal(R"({"error":"USER_CREDENTIALS_CHANGED"})"),
              "the user's password has changed since the login; run: aws login");
    EXPECT_EQ(explain_login_refusal(R"({"error":"INSUFFICIENT_PERMISSIONS"})"),
              "the user may not refresh a login session: signin:CreateOAuth2Token must be allowed; "
              "then run: aws login");
    for (const auto* json : {"", "<html>", R"({"error":"NEW"})", R"({"error":1})", "[]"})
        EXPECT_EQ(explain_login_refusal(json),
                  "the login session cannot be refreshed; run: aws login")
            << json;
}

} // namespace
} // namespace redrive::wire
