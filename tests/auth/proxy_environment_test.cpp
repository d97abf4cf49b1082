#include "auth/proxy_environment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redrive::auth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using wire::proxy_rules;

std::string told(const proxy_rules::choice& choice) {
    return choice.proxy ? choice.proxy->name() : choice.problem;
}

proxy_rules from(environment::variables values) {
    return proxies_from(environment{std::move(values)});
}

TEST(ProxyEnvironment, HasNoProxyUnlessAVariableNamesOne) {
    const auto rules = from({});
    EXPECT_EQ(told(rules.for_https), "");
    EXPECT_EQ(told(rules.for_http), "");
    EXPECT_FALSE(rules.exceptions.covers("example.com", 443));
}

TEST(ProxyEnvironment, ChoosesByScheme) {
    const auto rules = from({{"HTTPS_PROXY", "a:1"}, {"HTTP_PROXY", "b:2"}});
    EXPECT_EQ(told(rules.for_https), "http://a:1");
    EXPECT_EQ(told(rules.for_http), "http://b:2");
}

TEST(ProxyEnvironment, FallsBackToTheVariableForAllSchemes) {
    const auto both = from({{"ALL_PROXY", "all:9"}});
    EXPECT_EQ(told(both.for_https), "http://all:9");
    EXPECT_EQ(told(both.for_http), "http://all:9");
    const auto one = from({{"all_proxy", "all:9"}, {"HTTPS_PROXY", "a:1"}});
    EXPECT_EQ(told(one.for_https), "http://a:1");
    EXPECT_EQ(told(one.for_http), "http://all:9");
}

TEST(ProxyEnvironment, PrefersLowerCase) {
    const auto rules = from({{"HTTPS_PROXY", "upper:1"},
                             {"https_proxy", "lower:1"},
                             {"NO_PROXY", "upper.example"},
                             {"no_proxy", "lower.example"}});
    EXPECT_EQ(told(rules.for_https), "http://lower:1");
    EXPECT_TRUE(rules.exceptions.covers("lower.example", 443));
    EXPECT_FALSE(rules.exceptions.covers("upper.example", 443));
    EXPECT_TRUE(from({{"NO_PROXY", "a"}}).exceptions.covers("a", 443));
}

TEST(ProxyEnvironment, TakesABlankVariableForAMissingOne) {
    EXPECT_EQ(told(from({{"https_proxy", " "}, {"HTTPS_PROXY", "a:1"}}).for_https), "http://a:1");
}

TEST(ProxyEnvironment, LetsNoRequestHeaderOfACgiProgramNameAProxy) {
    const auto rules = from({{"REQUEST_METHOD", "GET"},
                             {"HTTP_PROXY", "evil:1"},
                             {"HTTPS_PROXY", "good:1"},
                             {"ALL_PROXY", "all:1"}});
    EXPECT_EQ(told(rules.for_http), "http://all:1");
    EXPECT_EQ(told(rules.for_https), "http://good:1");
    EXPECT_EQ(told(from({{"REQUEST_METHOD", "GET"}, {"http_proxy", "good:1"}}).for_http),
              "http://good:1");
}

TEST(ProxyEnvironment, NamesTheVariableThatCannotBeUsedAndNotItsValue) {
    const auto rules = from({{"https_proxy", "socks5://user:hush@proxy"}});
    EXPECT_THAT(told(rules.for_https), HasSubstr("https_proxy"));
    EXPECT_THAT(told(rules.for_https), Not(HasSubstr("hush")));
    EXPECT_EQ(told(rules.for_http), "");
}

TEST(ProxyEnvironment, LetsCodeNameTheOnlyProxyOrNone) {
    const auto rules = proxies_from(std::string_view{"https://given:8443"});
    EXPECT_EQ(told(rules.for_https), "https://given:8443");
    EXPECT_EQ(told(rules.for_http), "https://given:8443");
    EXPECT_EQ(told(proxies_from(std::string_view{}).for_https), "");
    EXPECT_THAT(told(proxies_from(std::string_view{"http://user:hush@"}).for_https),
                ::testing::AllOf(HasSubstr("transport_options::proxy"), Not(HasSubstr("hush"))));
}

} // namespace
} // namespace redrive::auth
