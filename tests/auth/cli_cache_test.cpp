#include "auth/cli_cache.hpp"

#include <gmock/gmock.h>

#include "auth/default_chain.hpp"
#include "auth/source_rig.hpp"
#include "wire/cli_cache.hpp"

namespace redrive::auth {
namespace {

using ::testing::HasSubstr;

const std::string first_role = "arn:aws:iam::111111111111:role/first";
const std::string last_role = "arn:aws:iam::222222222222:role/last";

// A profile whose role is assumed by another profile's role; noon.
class cache_of_cli {
  public:
    cache_of_cli() {
        it.write("/home/.aws/config",
                 "[profile last]\nrole_arn=" + last_role + "\nsource_profile=first\n" +
                     "mfa_serial=phone\nregion=eu-west-1\n[profile first]\nrole_arn=" + first_role +
                     "\nsource_profile=keys\n[profile keys]\naws_access_key_id=BASE\n"
                     "aws_secret_access_key=s\n");
    }
    void keep(const std::string& role, const std::string& serial, const std::string& end) {
        wire::cli_role asked;
        asked.role_arn = role;
        asked.mfa_serial = serial;
        it.write("/home/.aws/cli/cache/" + wire::cli_cache_file_name(asked).value(),
                 R"({"Credentials": {"AccessKeyId": "KEPT", "SecretAccessKey": "s",)"
                 R"( "SessionToken": "t", "Expiration": ")" +
                     end + R"("}})");
    }
    result<loaded_credentials> load() { return it.run(find_credentials(it.context, "last")); }

    source_rig it;
};

TEST(CliCacheOfRoles, ServesTheRoleWithoutAskingAnybody) {
    cache_of_cli it;
    it.keep(last_role, "phone", "2026-01-01T12:30:00+00:00");
    const auto found = it.load();
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->keys.access_key_id, "KEPT");
    EXPECT_EQ(found->expiry, source_rig::noon + std::chrono::minutes{30});
    EXPECT_THAT(found->source, HasSubstr("the AWS CLI keeps it"));
    EXPECT_TRUE(it.it.net->asked.empty());
}

TEST(CliCacheOfRoles, ServesARoleInTheMiddleOfAChain) {
    cache_of_cli it;
    it.keep(first_role, "", "2026-01-01T12:30:00+00:00");
    const auto found = it.load();
    ASSERT_FALSE(found) << "the last role's code was never given";
    EXPECT_THAT(found.error().message, HasSubstr("nobody can be asked"));
    EXPECT_TRUE(it.it.net->asked.empty()) << "the first role was assumed again";
}

TEST(CliCacheOfRoles, IsLeftAloneWhenItEndsSoon) {
    cache_of_cli it;
    it.keep(first_role, "", "2026-01-01T12:09:00+00:00");
    it.it.answer(replied(403));
    EXPECT_FALSE(it.load());
    EXPECT_EQ(it.it.net->asked.size(), 1u);
}

TEST(CliCacheOfRoles, IsLeftAloneWhenItCannotBeRead) {
    cache_of_cli it;
    it.keep(first_role, "", "soon");
    it.it.answer(replied(403));
    EXPECT_FALSE(it.load());
    EXPECT_EQ(it.it.net->asked.size(), 1u);
}

} // namespace
} // namespace redrive::auth
