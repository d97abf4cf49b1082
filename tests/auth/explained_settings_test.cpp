#include "auth/explained_settings.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

namespace redrive::auth {
namespace {

using ::testing::Each;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<explained_setting> explained(environment::variables variables,
                                         const std::string& config_text = {}) {
    const environment env{std::move(variables)};
    const auto config = shared_config::parse({config_text, "~/.aws/config"}, {});
    const auto values = resolve_selected_settings({}, env, *config, std::nullopt);
    return explain_settings(*values, env);
}

// "value from source" of one setting.
std::string told(const std::vector<explained_setting>& all, std::string_view name) {
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const explained_setting& each) { return each.name == name; });
    if (found == all.end()) return "missing";
    struct as_text {
        std::string operator()(std::monostate) const { return "nothing"; }
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(bool flag) const { return flag ? "true" : "false"; }
        std::string operator()(std::uint32_t number) const { return std::to_string(number); }
    };
    return std::visit(as_text{}, found->value) + " from " + found->source;
}

TEST(ExplainedSettings, SayWhatIsSetAndByWhom) {
    const auto all = explained({{"AWS_PROFILE", "p"},
                                {"AWS_CONFIG_FILE", "/etc/aws"},
                                {"HOME", "/home/me"},
                                {"AWS_MAX_ATTEMPTS", "5"},
                                {"AWS_NEW_RETRIES_2026", "false"},
                                {"AWS_ENDPOINT_URL_STS", "http://sts"},
                                {"NO_PROXY", "a.example"}},
                               "[profile p]\nregion = eu-west-1\nuse_dualstack_endpoint = true\n");
    EXPECT_EQ(told(all, "profile"), "p from AWS_PROFILE");
    EXPECT_EQ(told(all, "config_file"), "/etc/aws from AWS_CONFIG_FILE");
    EXPECT_EQ(told(all, "shared_credentials_file"), "/home/me/.aws/credentials from default");
    EXPECT_EQ(told(all, "region"), "eu-west-1 from profile p in ~/.aws/config");
    EXPECT_EQ(told(all, "use_dualstack"), "true from profile p in ~/.aws/config");
    EXPECT_EQ(told(all, "max_attempts"), "5 from AWS_MAX_ATTEMPTS");
    EXPECT_EQ(told(all, "retry_version"), "2.0 from AWS_NEW_RETRIES_2026");
    EXPECT_EQ(told(all, "retry_mode"), "standard from default");
    EXPECT_EQ(told(all, "endpoint_url"), "nothing from default");
    EXPECT_EQ(told(all, "sts_endpoint_url"), "http://sts from AWS_ENDPOINT_URL_STS");
    EXPECT_EQ(told(all, "sts_regional_endpoints"), "regional from default");
    EXPECT_EQ(told(all, "ec2_metadata_service_endpoint_mode"), "IPv4 from default");
    EXPECT_EQ(told(all, "no_proxy"), "a.example from NO_PROXY");
    EXPECT_EQ(told(all, "https_proxy"), "nothing from default");
}

TEST(ExplainedSettings, ShowAProxyWithoutItsUserAndNoneThatCannotBeRead) {
    const auto all = explained({{"HTTPS_PROXY", "http://me:hunter2@proxy.example:3128"},
                                {"HTTP_PROXY", "ftp://me:hunter2@proxy.example"}});
    EXPECT_EQ(told(all, "https_proxy"), "http://proxy.example:3128 from HTTPS_PROXY");
    EXPECT_EQ(told(all, "http_proxy"), "unusable from HTTP_PROXY");
    for (const auto& each : all)
        EXPECT_THAT(told(all, each.name), Not(HasSubstr("hunter2")));
}

TEST(ExplainedSettings, EachHaveASource) {
    EXPECT_THAT(explained({}), Each(Field(&explained_setting::source, Not(""))));
}

} // namespace
} // namespace redrive::auth
