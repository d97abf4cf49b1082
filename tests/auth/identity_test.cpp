#include "auth/identity.hpp"

#include <gmock/gmock.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace redrive::auth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

shared_config fleet_config() {
    return *shared_config::parse({"[profile prod-b]\nregion = us-east-1\n"
                                  "[profile dev]\nregion = eu-north-1\n"
                                  "[profile prod-a]\nregion = eu-west-1\n"
                                  "[profile prod-sso]\nsso_session = corp\n",
                                  "~/.aws/config"},
                                 {"[prod-a]\naws_access_key_id = A\naws_secret_access_key = s\n"
                                  "aws_account_id = 111111111111\n"
                                  "[prod-b]\naws_access_key_id = B\naws_secret_access_key = s\n"
                                  "[dev]\naws_access_key_id = D\naws_secret_access_key = s\n",
                                  "~/.aws/credentials"});
}

const environment no_variables{environment::variables{}};
const environment with_keys{{{"AWS_ACCESS_KEY_ID", "E"},
                             {"AWS_SECRET_ACCESS_KEY", "s"},
                             {"AWS_ACCOUNT_ID", "222222222222"},
                             {"AWS_PROFILE", "dev"}}};

std::vector<std::string> names_of(const result<std::vector<identity>>& loaded) {
    if (!loaded) return {"error: " + loaded.error().message};
    std::vector<std::string> names;
    for (const auto& who : *loaded)
        names.push_back(who.name);
    return names;
}

TEST(Identity, OfAProfileCarriesItsKeysAccountAndRegion) {
    const auto who = load_identity(no_variables, fleet_config(), "prod-a");
    ASSERT_TRUE(who);
    EXPECT_EQ(who->name, "prod-a");
    EXPECT_EQ(who->keys->keys.access_key_id, "A");
    EXPECT_EQ(who->account, "111111111111");
    EXPECT_EQ(who->region(), "eu-west-1");
    EXPECT_EQ(who->keys->source, "profile prod-a in ~/.aws/credentials");
}

TEST(Identity, OfTheEnvironmentTakesItsSettingsFromTheSelectedProfile) {
    const auto who = load_identity(with_keys, fleet_config(), std::nullopt);
    ASSERT_TRUE(who);
    EXPECT_EQ(who->name, "environment");
    EXPECT_EQ(who->keys->keys.access_key_id, "E");
    EXPECT_EQ(who->account, "222222222222");
    EXPECT_EQ(who->region(), "eu-north-1");
}

TEST(Identity, ListensToTheCallersSettings) {
    setting_overrides overrides;
    overrides.region = {"ap-south-1", "--region"};
    EXPECT_EQ(load_identity(no_variables, fleet_config(), "dev", overrides)->region(),
              "ap-south-1");
    overrides.region = {"a.b", "--region"};
    const auto refused = load_identity(no_variables, fleet_config(), "dev", overrides);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("--region"));
}

TEST(Identities, AreOneForEachMatchEachOnceInTheOrderAskedFor) {
    const auto config = fleet_config();
    EXPECT_THAT(names_of(load_identities(no_variables, config, {"dev", "prod-?"})),
                ElementsAre("dev", "prod-b", "prod-a"));
    EXPECT_THAT(names_of(load_identities(no_variables, config, {"prod-a", "prod-?", "prod-a"})),
                ElementsAre("prod-a", "prod-b"));
    EXPECT_THAT(names_of(load_identities(with_keys, config, {})), ElementsAre("environment"));
}

TEST(Identities, AreAnErrorWhenAnyOfThemIs) {
    const auto config = fleet_config();
    EXPECT_THAT(names_of(load_identities(no_variables, config, {"stage-*"})),
                ElementsAre(HasSubstr("error: No profile matches 'stage-*'")));
    EXPECT_THAT(names_of(load_identities(no_variables, config, {"dev", "gone"})),
                ElementsAre(HasSubstr("error: There is no profile 'gone'")));
    EXPECT_THAT(names_of(load_identities(no_variables, config, {"prod-*"})),
                ElementsAre(HasSubstr("there is no section [sso-session corp]")));
    // A container or machine may have some; that takes asking.
    const auto later = load_identities(no_variables, config, {});
    ASSERT_THAT(names_of(later), ElementsAre("default"));
    EXPECT_FALSE(later->front().keys);
}

TEST(Identities, NeedUnbrokenFilesUnlessTheEnvironmentHoldsTheKeys) {
    std::string root = (std::filesystem::temp_directory_path() / "redrive-XXXXXX").string();
    ASSERT_NE(::mkdtemp(root.data()), nullptr);
    std::ofstream{root + "/config"} << "[profile a\n";
    environment::variables variables{{"AWS_CONFIG_FILE", "/config"}};
    EXPECT_FALSE(load_config_for(environment{variables}, {}, root));

    variables.insert({{"AWS_ACCESS_KEY_ID", "E"}, {"AWS_SECRET_ACCESS_KEY", "s"}});
    const auto without_files = load_config_for(environment{variables}, {}, root);
    ASSERT_TRUE(without_files);
    EXPECT_THAT(without_files->warnings(), ElementsAre(HasSubstr("/config:1: ")));
    EXPECT_FALSE(load_config_for(environment{variables}, {"a"}, root));
    std::filesystem::remove_all(root);
}

} // namespace
} // namespace redrive::auth
