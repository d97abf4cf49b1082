#include "auth/profile_chain.hpp"

#include <gmock/gmock.h>

#include <string>

namespace redrive::auth {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* keys_of_a =
    "aws_access_key_id = AKIDA\naws_secret_access_key = s3cr3tA\naws_session_token = t0k3nA\n";
constexpr const char* keys_of_b = "aws_access_key_id = AKIDB\naws_secret_access_key = s3cr3tB\n";

// The chain of profile A in a config file.
result<profile_chain> chain_in(const std::string& config) {
    const auto files = shared_config::parse({config, "~/.aws/config"}, {{}, "~/.aws/credentials"});
    EXPECT_TRUE(files) << (files ? "" : files.error().message);
    return resolve_profile_chain(*files, "A");
}

// The error of profile A, whose properties are `properties`.
config_error error_of(const std::string& properties) {
    const auto chain = chain_in("[profile A]\n" + properties);
    EXPECT_FALSE(chain) << properties;
    return chain ? config_error{} : chain.error();
}

template <class Source>
const Source* base_of(const result<profile_chain>& chain) {
    EXPECT_TRUE(chain) << (chain ? "" : chain.error().message);
    return chain ? std::get_if<Source>(&chain->base) : nullptr;
}

TEST(ProfileChain, OfKeysIsTheKeysAlone) {
    const auto chain =
        chain_in(std::string{"[profile A]\naws_account_id = 123456789012\n"} + keys_of_a);
    const auto* base = base_of<static_keys>(chain);
    ASSERT_NE(base, nullptr);
    EXPECT_EQ(base->keys.access_key_id, "AKIDA");
    EXPECT_EQ(base->keys.secret_access_key.reveal(), "s3cr3tA");
    EXPECT_EQ(base->keys.session_token.reveal(), "t0k3nA");
    EXPECT_EQ(base->keys.account_id, "123456789012");
    EXPECT_EQ(chain->base_source, "profile A in ~/.aws/config");
    EXPECT_TRUE(chain->roles.empty());
}

TEST(ProfileChain, AssumesTheInnermostRoleFirst) {
    const auto chain = chain_in(std::string{"[profile A]\n"
                                            "role_arn = arn:outer\n"
                                            "source_profile = B\n"
                                            "external_id = ext\n"
                                            "role_session_name = me\n"
                                            "mfa_serial = arn:mfa\n"
                                            "duration_seconds = 3600\n"
                                            "[profile B]\n"
                                            "role_arn = arn:inner\n"
                                            "source_profile = C\n"
                                            "[profile C]\n"} +
                                keys_of_b);
    ASSERT_NE(base_of<static_keys>(chain), nullptr);
    EXPECT_EQ(chain->base_source, "profile C in ~/.aws/config");
    ASSERT_THAT(chain->roles,
                ElementsAre(Field(&role_step::role_arn, "arn:inner"),
                            Field(&role_step::role_arn, "arn:outer")));
    EXPECT_EQ(chain->roles[0].profile, "B");
    EXPECT_EQ(chain->roles[0].duration_seconds, std::nullopt);
    const auto& outer = chain->roles[1];
    EXPECT_EQ(outer.profile, "A");
    EXPECT_EQ(outer.external_id, "ext");
    EXPECT_EQ(outer.session_name, "me");
    EXPECT_EQ(outer.mfa_serial, "arn:mfa");
    EXPECT_EQ(outer.duration_seconds, 3600U);
}

TEST(ProfileChain, PrefersTheRoleOfTheSelectedProfileToItsKeys) {
    const auto chain = chain_in(std::string{"[profile A]\nrole_arn = arn:a\nsource_profile = B\n"} +
                                keys_of_a + "[profile B]\n" + keys_of_b);
    const auto* base = base_of<static_keys>(chain);
    ASSERT_NE(base, nullptr);
    EXPECT_EQ(base->keys.access_key_id, "AKIDB");
    EXPECT_EQ(chain->roles.size(), 1U);
}

TEST(ProfileChain, PrefersTheKeysOfASourceProfileToAllElseThatItSays) {
    for (const char* more : {"role_arn = arn:b\nsource_profile = gone\n",
                             "credential_source = Environment\n",
                             "sso_session = gone\n",
                             "credential_process = run\n"}) {
        const auto chain =
            chain_in(std::string{"[profile A]\nrole_arn = arn:a\nsource_profile = B\n"
                                 "[profile B]\n"} +
                     keys_of_b + more);
        const auto* base = base_of<static_keys>(chain);
        ASSERT_NE(base, nullptr) << more;
        EXPECT_EQ(base->keys.access_key_id, "AKIDB") << more;
        EXPECT_EQ(chain->roles.size(), 1U) << more;
    }
}

TEST(ProfileChain, OfAProfileThatIsItsOwnSourceAssumesItsRoleWithItsOwnBase) {
    const auto keys =
        chain_in(std::string{"[profile A]\nrole_arn = arn:a\nsource_profile = A\n"} + keys_of_a);
    const auto* base = base_of<static_keys>(keys);
    ASSERT_NE(base, nullptr);
    EXPECT_EQ(base->keys.access_key_id, "AKIDA");
    EXPECT_EQ(keys->roles.size(), 1U);

    const auto process = chain_in("[profile A]\nrole_arn = arn:a\nsource_profile = A\n"
                                  "credential_process = run --secret hunter2\n");
    ASSERT_NE(base_of<process_source>(process), nullptr);
    EXPECT_EQ(process->roles.size(), 1U);
}

TEST(ProfileChain, KnowsTheNamedSourcesInAnyCase) {
    struct {
        const char* text;
        named_source source;
    } const cases[] = {
        {"Environment", named_source::environment},
        {"environment", named_source::environment},
        {"EC2INSTANCEMETADATA", named_source::ec2_instance_metadata},
        {"EcsContainer", named_source::ecs_container},
    };
    for (const auto& [text, source] : cases) {
        const auto line = std::string{"credential_source = "} + text + "\n";
        const auto role = chain_in("[profile A]\nrole_arn = arn:a\n" + line);
        const auto* base = base_of<named_source>(role);
        ASSERT_NE(base, nullptr) << text;
        EXPECT_EQ(*base, source);
        EXPECT_EQ(role->roles.size(), 1U);
        const auto bare = chain_in("[profile A]\n" + line);
        ASSERT_NE(base_of<named_source>(bare), nullptr);
        EXPECT_TRUE(bare->roles.empty());
    }
    EXPECT_THAT(error_of("credential_source = Moon\n").message,
                HasSubstr("credential_source is 'Moon'; write Environment, Ec2InstanceMetadata"));
}

TEST(ProfileChain, TakesAWebIdentityInsteadOfAnAssumedRole) {
    const auto chain = chain_in("[profile A]\nrole_arn = arn:a\nweb_identity_token_file = /t\n"
                                "role_session_name = me\nsource_profile = B\n");
    const auto* base = base_of<web_identity_source>(chain);
    ASSERT_NE(base, nullptr);
    EXPECT_EQ(base->role_arn, "arn:a");
    EXPECT_EQ(base->token_file, "/t");
    EXPECT_EQ(base->session_name, "me");
    EXPECT_TRUE(chain->roles.empty());

    const auto source = chain_in("[profile A]\nrole_arn = arn:a\nsource_profile = B\n"
                                 "[profile B]\nrole_arn = arn:b\nweb_identity_token_file = /t\n");
    EXPECT_NE(base_of<web_identity_source>(source), nullptr);
    EXPECT_THAT(source->roles, ElementsAre(Field(&role_step::role_arn, "arn:a")));
}

TEST(ProfileChain, ReadsIdentityCenterFromTheSessionOrFromTheProfile) {
    const auto session = chain_in("[profile A]\nsso_session = corp\nsso_account_id = 1\n"
                                  "sso_role_name = reader\n"
                                  "[sso-session corp]\nsso_region = eu-west-1\n"
                                  "sso_start_url = https://corp\n");
    const auto* by_session = base_of<sso_source>(session);
    ASSERT_NE(by_session, nullptr);
    EXPECT_EQ(by_session->session, "corp");
    EXPECT_EQ(by_session->region, "eu-west-1");
    EXPECT_EQ(by_session->start_url, "https://corp");
    EXPECT_EQ(by_session->account_id, "1");
    EXPECT_EQ(by_session->role_name, "reader");

    const auto legacy = chain_in("[profile A]\nsso_region = eu-west-1\nsso_account_id = 1\n"
                                 "sso_role_name = reader\nsso_start_url = https://corp\n");
    const auto* by_profile = base_of<sso_source>(legacy);
    ASSERT_NE(by_profile, nullptr);
    EXPECT_EQ(by_profile->session, "");
    EXPECT_EQ(by_profile->start_url, "https://corp");
}

TEST(ProfileChain, OfATokenWithoutAnAccountIsAChainWithoutAnAccount) {
    const auto chain = chain_in("[profile A]\nsso_session = corp\n[sso-session corp]\n"
                                "sso_region = eu-west-1\nsso_start_url = https://corp\n");
    const auto* base = base_of<sso_source>(chain);
    ASSERT_NE(base, nullptr);
    EXPECT_EQ(base->account_id, "");
    EXPECT_EQ(base->role_name, "");
}

TEST(ProfileChain, LetsAProfileRepeatItsSessionButNotContradictIt) {
    const std::string session = "[sso-session corp]\nsso_region = eu-west-1\n"
                                "sso_start_url = https://corp\n";
    EXPECT_TRUE(chain_in("[profile A]\nsso_session = corp\nsso_region = eu-west-1\n"
                         "sso_start_url = https://corp\n" +
                         session));
    EXPECT_THAT(error_of("sso_session = corp\nsso_region = us-east-1\n" + session).message,
                HasSubstr("sso_region contradicts [sso-session corp]"));
    EXPECT_THAT(error_of("sso_session = corp\nsso_start_url = https://b\n" + session).message,
                HasSubstr("sso_start_url contradicts [sso-session corp]"));
}

TEST(ProfileChain, RefusesIdentityCenterInHalf) {
    struct {
        const char* properties;
        const char* message;
    } const cases[] = {
        {"sso_session = corp\n", "there is no section [sso-session corp]"},
        {"sso_session = corp\n[sso-session corp]\nsso_region = eu-west-1\n",
         "[sso-session corp] lacks sso_start_url"},
        {"sso_session = corp\nsso_start_url = https://a\n[sso-session corp]\n"
         "sso_start_url = https://a\n",
         "[sso-session corp] lacks sso_region"},
        {"sso_region = eu-west-1\n", "it lacks sso_start_url"},
        {"sso_start_url = https://a\n", "it lacks sso_region"},
        {"sso_account_id = 1\nsso_start_url = https://a\nsso_region = eu-west-1\n",
         "sso_account_id and sso_role_name belong together"},
        {"sso_role_name = r\n", "sso_account_id and sso_role_name belong together"},
        {"sso_start_url = https://a\nsso_region = evil.example/\n",
         "sso_region is 'evil.example/'"},
    };
    for (const auto& [properties, message] : cases) {
        const auto error = error_of(properties);
        EXPECT_THAT(error.message,
                    AllOf(HasSubstr("profile A in ~/.aws/config"), HasSubstr(message)));
        EXPECT_EQ(error.code, client_errc::bad_configuration);
    }
}

TEST(ProfileChain, AsksIdentityCenterBeforeLoginBeforeAProcessBeforeKeys) {
    const std::string sso = "sso_start_url = https://a\nsso_region = eu-west-1\n";
    const std::string login = "login_session = arn:me\n";
    const std::string process = "credential_process = run\naws_account_id = 123456789012\n";
    const std::string profile = "[profile A]\n";
    EXPECT_NE(base_of<sso_source>(chain_in(profile + keys_of_a + process + login + sso)), nullptr);
    const auto by_login = chain_in(profile + keys_of_a + process + login);
    ASSERT_NE(base_of<login_source>(by_login), nullptr);
    EXPECT_EQ(base_of<login_source>(by_login)->session, "arn:me");
    const auto by_process = chain_in(profile + keys_of_a + process);
    ASSERT_NE(base_of<process_source>(by_process), nullptr);
    EXPECT_EQ(base_of<process_source>(by_process)->command.reveal(), "run");
    EXPECT_EQ(base_of<process_source>(by_process)->account_id, "123456789012");
}

TEST(ProfileChain, OfAProfileThatSaysNothingLetsAnotherSourceBeAsked) {
    const auto empty = error_of("region = eu-west-1\n");
    EXPECT_EQ(empty.code, client_errc::no_credentials);
    EXPECT_THAT(empty.message,
                AllOf(HasSubstr("profile A in ~/.aws/config"),
                      HasSubstr("expected `aws_access_key_id` and `aws_secret_access_key` to be "
                                "defined")));
    const auto missing = chain_in("[profile B]\n");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, client_errc::no_credentials);
    EXPECT_THAT(missing.error().message, HasSubstr("Profile 'A' is in none of the shared"));
    const auto nothing = chain_in("");
    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().code, client_errc::no_credentials);
    EXPECT_THAT(nothing.error().message, HasSubstr("No profiles were defined"));
}

TEST(ProfileChain, OfASourceThatIsMissingOrEmptyIsFinal) {
    const auto missing = error_of("role_arn = arn:a\nsource_profile = B\n");
    EXPECT_EQ(missing.code, client_errc::bad_configuration);
    EXPECT_THAT(missing.message,
                AllOf(HasSubstr("profile A in ~/.aws/config"),
                      HasSubstr("could not find source profile B referenced from A")));
    const auto empty =
        error_of("role_arn = arn:a\nsource_profile = B\n[profile B]\nregion = eu-west-1\n");
    EXPECT_EQ(empty.code, client_errc::bad_configuration);
    EXPECT_THAT(empty.message,
                AllOf(HasSubstr("profile B in ~/.aws/config"),
                      HasSubstr("expected `aws_access_key_id` and `aws_secret_access_key` to be "
                                "defined")));
    EXPECT_EQ(error_of("role_arn = arn:a\nsource_profile = A\n").code,
              client_errc::bad_configuration);
}

TEST(ProfileChain, ThatReturnsToAProfileIsRefused) {
    const auto error = error_of("role_arn = arn:a\nsource_profile = B\n"
                                "[profile B]\nrole_arn = arn:b\nsource_profile = C\n"
                                "[profile C]\nrole_arn = arn:c\nsource_profile = A\n");
    EXPECT_EQ(error.code, client_errc::bad_configuration);
    EXPECT_THAT(error.message, HasSubstr("profile formed an infinite loop: A -> B -> C -> A;"));
}

TEST(ProfileChain, OfAThousandProfilesIsFollowedAndALoopOfThemIsShownShort) {
    std::string config = "[profile A]\nrole_arn = arn\nsource_profile = p0\n";
    for (int i = 0; i < 1000; ++i)
        config += "[profile p" + std::to_string(i) + "]\nrole_arn = arn\nsource_profile = p" +
                  std::to_string(i + 1) + "\n";
    const auto whole = chain_in(config + "[profile p1000]\n" + keys_of_b);
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->roles.size(), 1001U);
    const auto loop = chain_in(config + "[profile p1000]\nrole_arn = arn\nsource_profile = A\n");
    ASSERT_FALSE(loop);
    EXPECT_LT(loop.error().message.size(), 600U);
}

TEST(ProfileChain, NeedsExactlyOneSourceForARole) {
    EXPECT_THAT(error_of("role_arn = arn:a\n").message,
                HasSubstr("profile must contain `source_profile`"));
    EXPECT_THAT(error_of("role_arn = arn:a\ncredential_process = run\n").message,
                HasSubstr("profile must contain `source_profile`"));
    const auto both =
        error_of("role_arn = arn:a\nsource_profile = B\ncredential_source = Environment\n");
    EXPECT_THAT(both.message,
                HasSubstr("profile contained both source_profile and credential_source"));
    EXPECT_EQ(both.code, client_errc::bad_configuration);
    EXPECT_THAT(error_of("web_identity_token_file = /t\n").message,
                HasSubstr("`role_arn` was missing"));
}

TEST(ProfileChain, WithHalfAPairIsRefusedWithoutShowingIt) {
    const auto no_secret = error_of("aws_access_key_id = AKIDA\n");
    EXPECT_THAT(no_secret.message, HasSubstr("profile missing aws_secret_access_key"));
    EXPECT_EQ(no_secret.code, client_errc::bad_configuration);
    const auto no_id = error_of("role_arn = arn\nsource_profile = B\n"
                                "[profile B]\naws_secret_access_key = s3cr3t\n");
    EXPECT_THAT(no_id.message,
                AllOf(HasSubstr("profile B in ~/.aws/config"),
                      HasSubstr("profile missing aws_access_key_id"),
                      Not(HasSubstr("s3cr3t"))));
}

TEST(ProfileChain, TakesDurationsThatAwsAllowsAndNamesTheKeyOfOthers) {
    const auto with = [](const std::string& seconds) {
        return std::string{"role_arn = arn\nsource_profile = A\nduration_seconds = "} + seconds +
               "\n" + keys_of_a;
    };
    for (const char* fine : {"900", "43200"})
        EXPECT_TRUE(chain_in("[profile A]\n" + with(fine))) << fine;
    for (const char* odd : {"899", "43201", "1h", "900.0", "-900", "99999999999"})
        EXPECT_THAT(error_of(with(odd)).message,
                    AllOf(HasSubstr("duration_seconds is '" + std::string{odd} + "'"),
                          HasSubstr("profile A in ~/.aws/config")));
}

TEST(ProfileChain, RefusesAnAccountThatIsNone) {
    for (const char* base : {"credential_process = run --key hunter2\n", keys_of_a}) {
        const auto error = error_of(std::string{"aws_account_id = 12\n"} + base);
        EXPECT_THAT(error.message,
                    AllOf(HasSubstr("aws_account_id in the profile A in ~/.aws/config"),
                          Not(HasSubstr("hunter2")),
                          Not(HasSubstr("s3cr3t"))));
    }
}

} // namespace
} // namespace redrive::auth
