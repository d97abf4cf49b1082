#include "auth/configured_region.hpp"

#include <gmock/gmock.h>

#include <string>

namespace redrive::auth {
namespace {

using ::testing::HasSubstr;

// "region from source", with "+fips" when it says so.
std::string region_of(environment::variables variables,
                      const std::string& properties = {},
                      const std::optional<sourced<std::string>>& given = std::nullopt) {
    const auto config = shared_config::parse({"[profile p]\n" + properties, "C"}, {});
    const auto found =
        configured_region(given, environment{std::move(variables)}, *config, config->profile("p"));
    if (!found) return found.error().message;
    return found->region.value + (found->means_fips ? "+fips" : "") + " from " +
           found->region.source;
}

TEST(ConfiguredRegion, IsTheFirstOfCodeVariablesAndProfile) {
    const environment::variables both{{"AWS_REGION", "a-1"}, {"AWS_DEFAULT_REGION", "b-1"}};
    EXPECT_EQ(region_of(both, "region = c-1", {{"d-1", "--region"}}), "d-1 from --region");
    EXPECT_EQ(region_of(both, "region = c-1"), "a-1 from AWS_REGION");
    EXPECT_EQ(region_of({{"AWS_DEFAULT_REGION", "b-1"}}, "region = c-1"),
              "b-1 from AWS_DEFAULT_REGION");
    EXPECT_EQ(region_of({}, "region = c-1"), "c-1 from profile p in C");
    EXPECT_EQ(region_of({}), " from ");
}

TEST(ConfiguredRegion, OfASourceProfileComesLast) {
    const std::string chain = "source_profile = q\n[profile q]\nregion = q-1\n";
    EXPECT_EQ(region_of({}, chain), "q-1 from profile q in C");
    EXPECT_EQ(region_of({{"AWS_DEFAULT_REGION", "b-1"}}, chain), "b-1 from AWS_DEFAULT_REGION");
}

TEST(ConfiguredRegion, LosesTheWordFipsAndMeansIt) {
    EXPECT_EQ(region_of({{"AWS_REGION", "fips-us-east-1"}}), "us-east-1+fips from AWS_REGION");
    EXPECT_EQ(region_of({}, "region = us-east-1-fips"), "us-east-1+fips from profile p in C");
}

TEST(ConfiguredRegion, MustBeAHostLabel) {
    for (const char* odd : {"evil.example/", "a b", "-a", "123", "a@b", "fips-1", "a\nb"})
        EXPECT_THAT(region_of({{"AWS_REGION", odd}}), HasSubstr("from AWS_REGION cannot be used"))
            << odd;
    EXPECT_THAT(region_of({}, "region = " + std::string(64, 'a')),
                HasSubstr("from profile p in C cannot be used"));
}

} // namespace
} // namespace redrive::auth
