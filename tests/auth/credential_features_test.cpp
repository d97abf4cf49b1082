#include "auth/credential_features.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace redrive::auth {
namespace {

profile_chain chain_from(chain_base base, std::size_t roles = 0) {
    profile_chain out;
    out.base = std::move(base);
    out.roles.resize(roles);
    return out;
}

TEST(CredentialFeatures, NameTheKindOfAProfilesSource) {
    sso_source session;
    session.session = "work";
    EXPECT_EQ(features_of(chain_from(static_keys{})), "n");
    EXPECT_EQ(features_of(chain_from(web_identity_source{})), "q,k");
    EXPECT_EQ(features_of(chain_from(session)), "r,s");
    EXPECT_EQ(features_of(chain_from(sso_source{})), "t,u");
    EXPECT_EQ(features_of(chain_from(process_source{})), "v,w");
    EXPECT_EQ(features_of(chain_from(login_source{})), "AC,AD");
}

TEST(CredentialFeatures, AddTheRolesAndHowTheirBaseIsNamed) {
    EXPECT_EQ(features_of(chain_from(static_keys{}, 2)), "n,o,i");
    EXPECT_EQ(features_of(chain_from(named_source::environment, 1)), "g,p,i");
    EXPECT_EQ(features_of(chain_from(named_source::ec2_instance_metadata, 1)), "0,p,i");
    EXPECT_EQ(features_of(chain_from(named_source::ecs_container, 1)), "z,p,i");
}

} // namespace
} // namespace redrive::auth
