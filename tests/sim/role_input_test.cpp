#include "sim/role_input.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/api_error.hpp"

namespace redrive::sim {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string arn = "&RoleArn=arn:aws:iam::100000000002:role/ops/stopper";
const std::string usual = arn + "&RoleSessionName=me";

template <class Read>
std::string refusal(const std::string& body, Read read) {
    try {
        (void)read(*wire::query_form::parse(body));
    } catch (const api_error& error) {
        return error.legacy_code + ": " + error.message;
    }
    return "nothing";
}

std::string refusal_of_role(const std::string& body) {
    return refusal(body, read_assume_role);
}

TEST(RoleInput, IsReadFromItsForm) {
    const auto input = read_assume_role(*wire::query_form::parse(
        usual + "&DurationSeconds=900&ExternalId=ticket%2F7&Policy=%7B%7D"
                "&SerialNumber=arn:aws:iam::100000000001:mfa/me&TokenCode=123456"));
    EXPECT_EQ(input.account, "100000000002");
    EXPECT_EQ(input.role, "stopper");
    EXPECT_EQ(input.session, "me");
    EXPECT_EQ(input.lifetime, 900s);
    EXPECT_EQ(input.external_id, "ticket/7");
    EXPECT_EQ(read_assume_role(*wire::query_form::parse(usual)).lifetime, 1h);
}

TEST(RoleInput, MustHaveTheFormThatTheServiceDemands) {
    const struct {
        std::string body, complaint;
    } rows[] = {
        {"RoleSessionName=me",
         "ValidationError: 1 validation error detected: Value null at 'roleA"},
        {arn, "Value null at 'roleSessionName'"},
        {arn + "&RoleSessionName=m", "greater than or equal to 2"},
        {arn + "&RoleSessionName=a/b", "[\\w+=,.@-]*"},
        {usual + "&DurationSeconds=899", "value greater than or equal to 900"},
        {usual + "&DurationSeconds=43201", "value less than or equal to 43200"},
        {usual + "&DurationSeconds=1h", "MalformedInput: "},
        {usual + "&ExternalId=x", "'externalId'"},
        {usual + "&ExternalId=a b", "[\\w+=,.@:\\/-]*"},
        {usual + "&Policy=", "'policy'"},
        {usual + "&Policy=no", "MalformedPolicyDocument: "},
        {usual + "&Policy=" + std::string(2049, ' '), "less than or equal to 2048"},
        {usual + "&TokenCode=12345&SerialNumber=123456789", "'tokenCode'"},
        {usual + "&TokenCode=123456", "AccessDenied: MultiFactorAuthentication failed"},
        {usual + "&SerialNumber=123456789", "AccessDenied: MultiFactorAuthentication failed"},
    };
    for (const auto& [body, complaint] : rows)
        EXPECT_THAT(refusal_of_role(body), HasSubstr(complaint)) << body;
}

TEST(RoleInput, NamesARoleByItsArn) {
    for (const std::string role : {"arn:aws:iam::100000000002:user/stopper",
                                   "arn:aws:sts::100000000002:assumed-role/a/b",
                                   "arn:aws:iam::10000000000:role/stopper",
                                   "arn:aws:iam::100000000002:role/",
                                   "arn:aws:iam::100000000002:role/a b",
                                   "arn:aws:iam::100000000002:role/%0A/name",
                                   "aaaaaaaaaaaaaaaaaaaaaaaaaaa"})
        EXPECT_EQ(refusal_of_role("RoleSessionName=me&RoleArn=" + role),
                  "ValidationError: Request ARN is invalid")
            << role;
    EXPECT_THAT(refusal_of_role("RoleSessionName=me&RoleArn=short"), HasSubstr("equal to 20"));
    EXPECT_EQ(account_of_role("arn:aws:iam::100000000002:role/a"), "100000000002");
    EXPECT_EQ(account_of_role("arn:aws:iam::100000000002:rol"), "");
    EXPECT_EQ(account_of_role(""), "");
}

TEST(RoleInput, TakesAnyTokenOfTheFormOfAJwt) {
    const auto with_token = [&](const std::string& token) {
        return refusal(usual + "&WebIdentityToken=" + token, read_web_identity);
    };
    EXPECT_EQ(with_token("eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl-_"), "nothing");
    for (const auto* token : {"word", "a.bc", "a.b.c.d", "..abc", "a..bcd", "a.bcd.", "a.b.c%2F"})
        EXPECT_EQ(with_token(token),
                  "InvalidIdentityToken: The ID Token provided is not a valid JWT.")
            << token;
    EXPECT_THAT(refusal(usual, read_web_identity), HasSubstr("Value null at 'webIdentityToken'"));
    const auto too_long = with_token(std::string(20'001, 'a'));
    EXPECT_THAT(too_long, HasSubstr("Value '***' at 'webIdentityToken'"));
    EXPECT_THAT(too_long, Not(HasSubstr("aaaa")));
}

} // namespace
} // namespace redrive::sim
