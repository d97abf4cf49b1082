#include "wire/proxy_rules.hpp"

#include <gtest/gtest.h>

namespace redrive::wire {
namespace {

class ProxyRules : public ::testing::Test {
  protected:
    ProxyRules() {
        rules.for_https.proxy = parse_proxy_url("http://secure:1");
        rules.for_http.proxy = parse_proxy_url("http://plain:2");
        rules.exceptions = no_proxy_list{"internal.example,10.0.0.0/8"};
    }
    std::string chosen(const std::string& url, const std::string& connect_host = {}) const {
        const auto where = *parse_endpoint(url);
        const auto* choice = rules.choose(where, connect_host.empty() ? where.host : connect_host);
        if (!choice) return "none";
        return choice->proxy ? choice->proxy->name() : choice->problem;
    }
    proxy_rules rules;
};

TEST_F(ProxyRules, ChooseByTheSchemeOfTheEndpoint) {
    EXPECT_EQ(chosen("https://sqs.example"), "http://secure:1");
    EXPECT_EQ(chosen("http://sqs.example"), "http://plain:2");
    rules.for_http = {};
    EXPECT_EQ(chosen("http://sqs.example"), "none");
}

TEST_F(ProxyRules, LeaveOutTheExceptionsAndThisMachine) {
    EXPECT_EQ(chosen("https://sqs.internal.example"), "none");
    EXPECT_EQ(chosen("https://10.1.2.3"), "none");
    EXPECT_EQ(chosen("http://localhost:9324"), "none");
    EXPECT_EQ(chosen("https://sqs.example", "127.0.0.1"), "none") << "where it really goes";
    EXPECT_EQ(chosen("https://sqs.internal.example", "1.2.3.4"), "none");
}

TEST_F(ProxyRules, TellOfAProblemOnlyWhereItMatters) {
    rules.for_https.proxy.reset();
    rules.for_https.problem = "broken";
    EXPECT_EQ(chosen("https://sqs.example"), "broken");
    EXPECT_EQ(chosen("https://sqs.internal.example"), "none");
    EXPECT_EQ(chosen("http://sqs.example"), "http://plain:2");
}

} // namespace
} // namespace redrive::wire
