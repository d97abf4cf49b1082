#include "client/setup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include <limits>

#include "support/scoped_environment.hpp"
#include "support/test_certificates.hpp"

namespace redrive::detail {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

boost::asio::io_context nowhere;

client_config given() {
    client_config config;
    config.region = "eu-west-1";
    config.identity = credentials{"AKID", secret_text{"secret"}, {}, {}};
    return config;
}

client_setup good(const client_config& config) {
    auto result = resolve_setup(config, nowhere.get_executor(), real_time_source());
    if (const auto* bad = std::get_if<setup_error>(&result)) throw std::runtime_error{bad->message};
    return std::get<client_setup>(std::move(result));
}

setup_error bad(const client_config& config) {
    const auto result = resolve_setup(config, nowhere.get_executor(), real_time_source());
    const auto* error = std::get_if<setup_error>(&result);
    return error ? *error : setup_error{};
}

class Setup : public ::testing::Test {
  protected:
    void write_config(const std::string& text) {
        environment.set("AWS_CONFIG_FILE", test::file_with(text));
    }
    test::scoped_environment environment;
};

TEST_F(Setup, TakesTheRegionsEndpoint) {
    const auto it = good(given());
    EXPECT_EQ(it.target.host, "sqs.eu-west-1.amazonaws.com");
    EXPECT_TRUE(it.target.tls);
    EXPECT_EQ(it.region, "eu-west-1");
    EXPECT_EQ(it.retry.max_attempts, 3u);
    EXPECT_TRUE(it.correct_clock_skew);
    EXPECT_EQ(it.trace_id, "");
}

TEST_F(Setup, PrefersWhatIsGivenInCode) {
    environment.set("AWS_REGION", "us-east-1");
    environment.set("AWS_ENDPOINT_URL_SQS", "https://env.example");
    environment.set("AWS_MAX_ATTEMPTS", "9");
    environment.set("AWS_CA_BUNDLE", "/env.pem");
    auto config = given();
    config.endpoint_url = "http://code.example:8080/base";
    config.max_attempts = 5;
    config.ca_bundle = "/code.pem";
    const auto it = good(config);
    EXPECT_EQ(it.region, "eu-west-1");
    EXPECT_EQ(it.target.url(), "http://code.example:8080/base");
    EXPECT_EQ(it.retry.max_attempts, 5u);
    EXPECT_EQ(it.ca_bundle, "/code.pem");
}

TEST_F(Setup, TakesTheRestFromTheEnvironment) {
    environment.set("AWS_REGION", "us-east-1");
    environment.set("AWS_MAX_ATTEMPTS", "9");
    environment.set("AWS_CA_BUNDLE", "/env.pem");
    environment.set("AWS_ACCESS_KEY_ID", "AKIDENV");
    environment.set("AWS_SECRET_ACCESS_KEY", "secret");
    const auto it = good({});
    EXPECT_EQ(it.region, "us-east-1");
    EXPECT_EQ(it.retry.max_attempts, 9u);
    EXPECT_EQ(it.ca_bundle, "/env.pem");
}

TEST_F(Setup, TakesTheRestFromTheChosenProfile) {
    write_config("[profile ops]\nregion = ap-southeast-2\naws_access_key_id = AKIDOPS\n"
                 "aws_secret_access_key = secret\nmax_attempts = 4\n");
    client_config config;
    config.profile = "ops";
    const auto it = good(config);
    EXPECT_EQ(it.region, "ap-southeast-2");
    EXPECT_EQ(it.retry.max_attempts, 4u);
}

TEST_F(Setup, NamesTheProfileThatIsMissing) {
    auto config = given();
    config.profile = "nowhere";
    const auto error = bad(config);
    EXPECT_EQ(error.ec, client_errc::bad_configuration);
    EXPECT_EQ(error.phase, call_phase::configure);
    EXPECT_THAT(error.message, HasSubstr("nowhere"));
}

TEST_F(Setup, AsksForARegion) {
    auto config = given();
    config.region.clear();
    const auto error = bad(config);
    EXPECT_EQ(error.ec, client_errc::no_region);
    EXPECT_EQ(error.phase, call_phase::configure);
    EXPECT_THAT(error.message, HasSubstr("AWS_REGION"));
}

TEST_F(Setup, AsksForCredentialsWhenTheyAreNeeded) {
    environment.set("AWS_EC2_METADATA_DISABLED", "true");
    auto config = given();
    config.identity.reset();
    const auto it = good(config);
    std::optional<auth::config_error> error;
    it.provider->async_load(nowhere.get_executor(), [&](auto found) { error = found.error(); });
    nowhere.restart();
    nowhere.run();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, client_errc::no_credentials);
    EXPECT_EQ(error->tried.size(), 5u);
    EXPECT_THAT(error->message, HasSubstr("AWS_ACCESS_KEY_ID is not set"));
}

TEST_F(Setup, SendsTheTraceOfALambdaFunctionWithControlBytesEncoded) {
    environment.set("_X_AMZN_TRACE_ID", "Root=1;\r\nParent=2\x7f\xc3");
    EXPECT_EQ(good(given()).trace_id, "") << "outside of Lambda";
    environment.set("AWS_LAMBDA_FUNCTION_NAME", "stop");
    EXPECT_EQ(good(given()).trace_id, "Root=1;%0D%0AParent=2%7F%C3");
}

TEST_F(Setup, LeavesTheClockAloneOnRequest) {
    environment.set("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "true");
    EXPECT_FALSE(good(given()).correct_clock_skew);
}

TEST_F(Setup, NamesTheUsersApplication) {
    environment.set("AWS_SDK_UA_APP_ID", "shop");
    EXPECT_THAT(good(given()).agent.text(), HasSubstr(" app/shop"));
}

TEST(TransportConfig, TakesOverEachOption) {
    transport_options options;
    options.max_connections = 7;
    options.pipelining = pipelining::fixed;
    options.max_depth = 32;
    options.max_waiting = 99;
    options.connect_timeout = 1s;
    options.tls_timeout = 2s;
    options.read_timeout = 3s;
    options.idle_life = 4s;
    options.idle_trust = 5s;
    options.max_age = 6s;
    options.max_reply_bytes = 5;
    options.connect_to = {{"sqs.test", 443, "127.0.0.1", 8443}};
    options.client_certificate = "a.pem";
    options.client_key = "a.key";
    options.proxy = "proxy:3128";
    const auto config = transport_config_from(options);
    const auto& limits = config.limits;
    EXPECT_EQ(config.connect_to.at(0).to_port, 8443);
    EXPECT_EQ(config.client_certificate, "a.pem");
    EXPECT_EQ(config.client_key, "a.key");
    EXPECT_EQ(config.proxies().for_https.proxy->name(), "http://proxy:3128");
    EXPECT_EQ(limits.timeouts.proxy, 2s) << "twice the time to connect";
    EXPECT_EQ(limits.max_connections, 7u);
    EXPECT_EQ(limits.pipelining, flow::depth::mode::fixed);
    EXPECT_EQ(limits.max_depth, 32u);
    EXPECT_EQ(limits.max_waiting, 99u);
    EXPECT_EQ(limits.timeouts.connect, 1s);
    EXPECT_EQ(limits.timeouts.tls, 2s);
    EXPECT_EQ(limits.connection.read_timeout, 3s);
    EXPECT_EQ(limits.idle.life, 4s);
    EXPECT_EQ(limits.idle.trust, 5s);
    EXPECT_EQ(limits.idle.oldest, 6s);
    EXPECT_EQ(limits.connection.http.body_bytes, 5u);
}

TEST(TransportConfig, TakesZeroForOneOrForNoBound) {
    transport_options options;
    options.max_connections = options.max_depth = options.max_waiting = 0;
    options.pipelining = pipelining::off;
    const auto limits = transport_config_from(options).limits;
    EXPECT_EQ(limits.max_connections, 1u);
    EXPECT_EQ(limits.max_depth, 1u);
    EXPECT_EQ(limits.max_waiting, std::numeric_limits<std::size_t>::max());
    EXPECT_EQ(limits.pipelining, flow::depth::mode::off);
}

} // namespace
} // namespace redrive::detail
