#include "auth/config_files.hpp"

#include <gmock/gmock.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace redrive::auth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ConfigFiles : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "redrive-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        root_ = name;
    }
    void TearDown() override { std::filesystem::remove_all(root_); }

    void write(const std::string& path, const std::string& text) const {
        const std::filesystem::path file = root_ + path;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream{file, std::ios::binary} << text;
    }

    std::string root_;
    environment env_{{{"HOME", "/home/me"}}};
};

TEST_F(ConfigFiles, AreInTheHomeFolderByDefault) {
    const auto places = locate_config_files(env_);
    EXPECT_EQ(places.config.path, "/home/me/.aws/config");
    EXPECT_EQ(places.config.shown, "~/.aws/config");
    EXPECT_EQ(places.credentials.path, "/home/me/.aws/credentials");
    EXPECT_FALSE(places.config.asked_for_by_name);
}

TEST_F(ConfigFiles, AreWhereTheVariablesSayAndOnlyALeadingTildeIsHome) {
    const environment env{{{"HOME", "/home/me"},
                           {"AWS_CONFIG_FILE", "~/other/config"},
                           {"AWS_SHARED_CREDENTIALS_FILE", "/etc/~/credentials"}}};
    const auto places = locate_config_files(env);
    EXPECT_EQ(places.config.path, "/home/me/other/config");
    EXPECT_EQ(places.config.shown, "~/other/config");
    EXPECT_TRUE(places.config.asked_for_by_name);
    EXPECT_EQ(places.credentials.path, "/etc/~/credentials");
    const environment named_user{{{"HOME", "/home/me"}, {"AWS_CONFIG_FILE", "~you/config"}}};
    EXPECT_EQ(locate_config_files(named_user).config.path, "~you/config");
}

TEST_F(ConfigFiles, AreNowhereWithoutAHome) {
    const environment env{environment::variables{}};
    EXPECT_EQ(locate_config_files(env).config.path, "");
    const auto config = load_shared_config(env);
    ASSERT_TRUE(config);
    EXPECT_THAT(config->profiles(), IsEmpty());
}

TEST_F(ConfigFiles, AreReadAndMerged) {
    write("/home/me/.aws/config", "[profile a]\nregion = eu-west-1\n");
    write("/home/me/.aws/credentials", "[a]\naws_access_key_id = AKIDEXAMPLE\n");
    const auto config = load_shared_config(env_, root_);
    ASSERT_TRUE(config);
    ASSERT_NE(config->profile("a"), nullptr);
    EXPECT_EQ(config->profile("a")->get("region"), "eu-west-1");
    EXPECT_EQ(config->profile("a")->find("aws_access_key_id")->file, "~/.aws/credentials");
    EXPECT_THAT(config->warnings(), IsEmpty());
}

TEST_F(ConfigFiles, ThatAreMissingAreEmptyWithAWarningOnlyWhenAskedForByName) {
    const auto usual = load_shared_config(env_, root_);
    ASSERT_TRUE(usual);
    EXPECT_THAT(usual->warnings(), IsEmpty());
    const environment env{{{"HOME", "/home/me"}, {"AWS_CONFIG_FILE", "/missing"}}};
    const auto named = load_shared_config(env, root_);
    ASSERT_TRUE(named);
    EXPECT_THAT(named->warnings(), ElementsAre(HasSubstr("/missing cannot be read")));
}

TEST_F(ConfigFiles, ThatAreFoldersAreLikeMissingOnes) {
    std::filesystem::create_directories(root_ + "/home/me/.aws/config");
    const auto config = load_shared_config(env_, root_);
    ASSERT_TRUE(config);
    EXPECT_THAT(config->profiles(), IsEmpty());
}

TEST_F(ConfigFiles, ThatAreNotUtf8AreIgnoredWithAWarning) {
    for (const char* bytes : {"\xff", "\xc0\x80", "\xe2\x82", "\x80", "\xf5\x80\x80\x80"}) {
        write("/home/me/.aws/config", std::string{"[profile a]\nk = "} + bytes);
        const auto config = load_shared_config(env_, root_);
        ASSERT_TRUE(config);
        EXPECT_THAT(config->profiles(), IsEmpty());
        EXPECT_THAT(config->warnings(), ElementsAre(HasSubstr("~/.aws/config is not valid UTF-8")));
    }
}

TEST_F(ConfigFiles, AreBoundedInSize) {
    const std::string line = "[profile a]\n";
    write("/home/me/.aws/config", line + std::string(longest_config_file - line.size(), '#'));
    EXPECT_FALSE(load_shared_config(env_, root_)->profiles().empty());
    write("/home/me/.aws/config", std::string(longest_config_file + 1, '#'));
    const auto too_large = load_shared_config(env_, root_);
    ASSERT_FALSE(too_large);
    EXPECT_THAT(too_large.error().message, HasSubstr("~/.aws/config is larger than 1 MiB"));
}

TEST_F(ConfigFiles, ThatAreBrokenNameThePathAsPeopleWriteIt) {
    write("/home/me/.aws/credentials", "[a]\nk");
    const auto config = load_shared_config(env_, root_);
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().file, "~/.aws/credentials");
    EXPECT_EQ(config.error().line, 2U);
}

TEST_F(ConfigFiles, SelectTheProfileThatTheEnvironmentNames) {
    EXPECT_EQ(selected_profile(env_), "default");
    EXPECT_EQ(selected_profile(environment{{{"AWS_PROFILE", "prod-a"}}}), "prod-a");
    EXPECT_EQ(selected_profile(environment{{{"AWS_PROFILE", ""}}}), "default");
}

} // namespace
} // namespace redrive::auth
