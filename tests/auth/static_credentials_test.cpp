#include "auth/static_credentials.hpp"

#include <gmock/gmock.h>

#include <string>

#include "auth/identity.hpp"

namespace redrive::auth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const environment::variables env_keys = {{"AWS_ACCESS_KEY_ID", "AKIDENV"},
                                         {"AWS_SECRET_ACCESS_KEY", "env/secret"}};
constexpr const char* file_keys =
    "aws_access_key_id = AKIDFILE\naws_secret_access_key = file/secret\n";

// Credentials with the given variables and credentials file.
result<loaded_credentials> loaded(environment::variables variables,
                                  const std::string& credentials_file,
                                  const std::optional<std::string>& profile = std::nullopt) {
    const auto config = shared_config::parse({}, {credentials_file, "~/.aws/credentials"});
    auto who = load_identity(environment{std::move(variables)}, *config, profile);
    if (!who) return who.error();
    return who->keys ? result<loaded_credentials>{*std::move(who->keys)}
                     : result<loaded_credentials>{not_configured("not known yet")};
}

std::string source_or_error(const result<loaded_credentials>& outcome) {
    return outcome ? outcome->source : outcome.error().message;
}

TEST(StaticCredentials, ComeWholeFromTheEnvironment) {
    auto variables = env_keys;
    variables["AWS_SESSION_TOKEN"] = "token";
    variables["AWS_ACCOUNT_ID"] = "123456789012";
    const auto found = loaded(variables, std::string{"[default]\n"} + file_keys);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->source, "environment");
    EXPECT_EQ(found->keys.access_key_id, "AKIDENV");
    EXPECT_EQ(found->keys.secret_access_key.reveal(), "env/secret");
    EXPECT_EQ(found->keys.session_token.reveal(), "token");
    EXPECT_EQ(found->keys.account_id, "123456789012");
}

TEST(StaticCredentials, ComeWholeFromAProfile) {
    const auto found = loaded({},
                              std::string{"[default]\n"} + file_keys +
                                  "aws_session_token = token\naws_account_id = 123456789012\n");
    ASSERT_TRUE(found) << source_or_error(found);
    EXPECT_EQ(found->source, "profile default in ~/.aws/credentials");
    EXPECT_EQ(found->keys.access_key_id, "AKIDFILE");
    EXPECT_EQ(found->keys.secret_access_key.reveal(), "file/secret");
    EXPECT_EQ(found->keys.session_token.reveal(), "token");
    EXPECT_EQ(found->keys.account_id, "123456789012");
}

TEST(StaticCredentials, OfAProfileThatIsAskedForNeverComeFromTheEnvironment) {
    const auto file = std::string{"[prod]\n"} + file_keys + "[empty]\nregion = eu-west-1\n";
    EXPECT_EQ(loaded(env_keys, file, "prod")->keys.access_key_id, "AKIDFILE");
    EXPECT_THAT(
        source_or_error(loaded(env_keys, file, "empty")),
        HasSubstr("expected `aws_access_key_id` and `aws_secret_access_key` to be defined"));
    const auto missing = loaded(env_keys, file, "pord");
    EXPECT_THAT(source_or_error(missing), HasSubstr("There is no profile 'pord'"));
    EXPECT_EQ(missing.error().code, client_errc::bad_configuration);
}

TEST(StaticCredentials, FallBackToTheProfileThatTheEnvironmentSelects) {
    const auto file = std::string{"[default]\n"} + file_keys +
                      "[other]\naws_access_key_id = AKIDOTHER\naws_secret_access_key = s\n";
    EXPECT_EQ(loaded({}, file)->keys.access_key_id, "AKIDFILE");
    EXPECT_EQ(loaded({{"AWS_PROFILE", "other"}}, file)->keys.access_key_id, "AKIDOTHER");
    auto both = env_keys;
    both["AWS_PROFILE"] = "other";
    EXPECT_EQ(loaded(both, file)->keys.access_key_id, "AKIDENV");
}

TEST(StaticCredentials, WithHalfAPairInTheEnvironmentAreThoseOfTheProfile) {
    const auto file = std::string{"[default]\n"} + file_keys;
    EXPECT_EQ(loaded({{"AWS_ACCESS_KEY_ID", "AKIDENV"}}, file)->keys.access_key_id, "AKIDFILE");
    EXPECT_EQ(loaded({{"AWS_ACCESS_KEY_ID", "AKIDENV"}, {"AWS_SECRET_ACCESS_KEY", " "}}, file)
                  ->keys.access_key_id,
              "AKIDFILE");
    EXPECT_EQ(loaded({{"AWS_SECRET_ACCESS_KEY", "s"}}, file)->keys.access_key_id, "AKIDFILE");
}

TEST(StaticCredentials, WithHalfAPairInAProfileAreAnError) {
    const auto no_secret = loaded({}, "[default]\naws_access_key_id = AKIDFILE\n");
    EXPECT_EQ(source_or_error(no_secret),
              "The credentials in profile default in ~/.aws/credentials are not whole: profile "
              "missing aws_secret_access_key; add it, or remove aws_access_key_id");
    EXPECT_EQ(no_secret.error().code, client_errc::bad_configuration);
    const auto no_id =
        loaded({}, "[default]\naws_secret_access_key = s3cr3t\naws_access_key_id =\n");
    EXPECT_THAT(source_or_error(no_id),
                HasSubstr("profile missing aws_access_key_id; add it, or remove aws_secret"));
    EXPECT_THAT(source_or_error(no_id), Not(HasSubstr("s3cr3t")));
    EXPECT_THAT(source_or_error(loaded({}, "[default]\naws_session_token = t0k3n\n")),
                HasSubstr("profile missing aws_access_key_id; add it, or remove aws_session"));
}

TEST(StaticCredentials, ThatCannotStandInAHeaderAreRefusedWithoutBeingShown) {
    struct {
        const char* name;
        std::string value;
    } const cases[] = {
        {"AWS_ACCESS_KEY_ID", "hunter2\r\nX: y"},
        {"AWS_ACCESS_KEY_ID", "hunter2 x"},
        {"AWS_ACCESS_KEY_ID", std::string(257, 'h')},
        {"AWS_SECRET_ACCESS_KEY", "hunter2\x01"},
        {"AWS_SECRET_ACCESS_KEY", "hunter2\xc3\xa9"},
        {"AWS_SESSION_TOKEN", "hunter2\nx"},
        {"AWS_SESSION_TOKEN", std::string(4097, 'h')},
        {"AWS_ACCOUNT_ID", "hunter2"},
    };
    for (const auto& [name, value] : cases) {
        auto variables = env_keys;
        variables[name] = value;
        const auto outcome = loaded(variables, std::string{"[default]\n"} + file_keys);
        ASSERT_FALSE(outcome) << name;
        EXPECT_THAT(outcome.error().message, HasSubstr(std::string{name} + " in the environment"));
        EXPECT_THAT(outcome.error().message, Not(HasSubstr("hunter2")));
        EXPECT_LT(outcome.error().message.size(), 200U);
    }
    auto variables = env_keys;
    variables["AWS_SESSION_TOKEN"] = std::string(4096, 't');
    EXPECT_TRUE(loaded(variables, ""));
}

TEST(StaticCredentials, ContinuedOverLinesInAFileAreRefused) {
    const auto outcome =
        loaded({}, std::string{"[default]\n"} + file_keys + "aws_session_token = a\n b\n");
    EXPECT_THAT(source_or_error(outcome),
                HasSubstr("aws_session_token in the profile default in ~/.aws/credentials"));
}

TEST(StaticCredentials, LoseTheBlanksAroundThem) {
    const auto found = loaded(
        {{"AWS_ACCESS_KEY_ID", "AKIDENV\n"}, {"AWS_SECRET_ACCESS_KEY", " env/secret\r\n"}}, "");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->keys.access_key_id, "AKIDENV");
    EXPECT_EQ(found->keys.secret_access_key.reveal(), "env/secret");
}

} // namespace
} // namespace redrive::auth
