#include "auth/partitions.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "redrive/queue_arn.hpp"

namespace redrive::auth {
namespace {

TEST(Partitions, OwnTheRegionsThatTheyList) {
    std::set<std::string_view> seen;
    for (const auto& partition : all_partitions()) {
        EXPECT_EQ(find_partition(partition.name), &partition);
        for (const auto region : regions_of(partition.name)) {
            EXPECT_EQ(partition_of_region(region).name, partition.name) << region;
            EXPECT_TRUE(is_region_name(region)) << region;
            EXPECT_TRUE(seen.insert(region).second) << region << " twice";
        }
        EXPECT_EQ(partition_of_region(partition.implicit_region).name, partition.name);
    }
    EXPECT_EQ(seen.size(), 46U);
    EXPECT_EQ(regions_of("aws").size(), 34U);
    EXPECT_EQ(regions_of("aws-us-gov").size(), 2U);
}

TEST(Partitions, AreFoundByTheShapeOfARegionThatIsNotListed) {
    struct {
        const char* region;
        const char* partition;
    } const cases[] = {
        {"us-east-9", "aws"},
        {"mx-south-12", "aws"},
        {"cn-west-9", "aws-cn"},
        {"eusc-de-west-2", "aws-eusc"},
        {"us-iso-north-1", "aws-iso"},
        {"us-isob-west-9", "aws-iso-b"},
        {"eu-isoe-east-1", "aws-iso-e"},
        {"us-isof-west-1", "aws-iso-f"},
        {"us-gov-north-1", "aws-us-gov"},
    };
    for (const auto& [region, partition] : cases)
        EXPECT_EQ(partition_of_region(region).name, partition) << region;
}

TEST(Partitions, KnowTheirPseudoRegions) {
    EXPECT_EQ(partition_of_region("aws-global").name, "aws");
    EXPECT_EQ(partition_of_region("aws-cn-global").name, "aws-cn");
    EXPECT_EQ(partition_of_region("aws-us-gov-global").name, "aws-us-gov");
    EXPECT_EQ(partition_of_region("aws-iso-global").name, "aws-iso");
    EXPECT_EQ(partition_of_region("aws-iso-b-global").name, "aws-iso-b");
    EXPECT_EQ(partition_of_region("aws-iso-e-global").name, "aws-iso-e");
    EXPECT_EQ(partition_of_region("aws-iso-f-global").name, "aws-iso-f");
}

TEST(Partitions, TakeWhatFitsNowhereForAws) {
    for (const char* region : {"",
                               "local",
                               "cn",
                               "cn-",
                               "cn--1",
                               "cn-north-",
                               "cn-north-1a",
                               "cn-north-1-2",
                               "CN-north-1",
                               "xcn-north-1",
                               "eusc-fr-west-1"})
        EXPECT_EQ(partition_of_region(region).name, "aws") << region;
}

TEST(Partitions, AreUnknownByAnyOtherName) {
    EXPECT_EQ(find_partition("aws-moon"), nullptr);
    EXPECT_TRUE(regions_of("aws-moon").empty());
    EXPECT_TRUE(regions_of("").empty());
}

} // namespace
} // namespace redrive::auth
