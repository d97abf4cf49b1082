#include "fleet/roster.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "auth/partitions.hpp"
#include "flow/least_policy.hpp"
#include "support/scoped_environment.hpp"

namespace redrive::detail {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

auth::identity who(const std::string& name,
                   const std::string& account,
                   const std::string& region = "eu-west-1",
                   const std::string& endpoint = {}) {
    auth::identity out;
    out.name = name;
    out.account = account;
    out.config.region.value = region;
    out.config.sqs_endpoint_url.value = endpoint;
    return out;
}

const std::string first = "111111111111", second = "222222222222", third = "333333333333";

roster made(std::vector<auth::identity> identities, std::vector<std::string> regions = {}) {
    return std::get<roster>(roster::from(std::move(identities), regions));
}

std::vector<std::string> places(const roster& of) {
    std::vector<std::string> out;
    for (const auto& each : of.places())
        out.push_back(of.identities()[each.who].name + "@" + each.region);
    return out;
}

target in_account(const std::string& account) {
    target what;
    what.source = queue_arn{"aws", "eu-west-1", account, "q"};
    what.region = "eu-west-1";
    return what;
}

TEST(Roster, CoversEachIdentitysOwnRegionByDefault) {
    EXPECT_THAT(places(made({who("a", first), who("b", second, "us-east-1"), who("c", "", "")})),
                ElementsAre("a@eu-west-1", "b@us-east-1"));
}

TEST(Roster, CoversTheGivenRegionsForEveryone) {
    EXPECT_THAT(
        places(made({who("a", first), who("b", second)}, {"us-east-1", "us-west-2", "us-east-1"})),
        ElementsAre("a@us-east-1", "a@us-west-2", "b@us-east-1", "b@us-west-2"));
}

TEST(Roster, CoversAllRegionsOfTheIdentitysPartition) {
    const auto chinese = made({who("a", first, "cn-north-1")}, {"all"});
    EXPECT_EQ(chinese.places().size(), auth::partition_of_region("cn-north-1").regions.size());
    EXPECT_THAT(places(chinese), ::testing::Each(HasSubstr("@cn-")));
}

TEST(Roster, SearchesAKnownAccountOnce) {
    EXPECT_THAT(places(made({who("a", first), who("b", first), who("c", ""), who("d", "")})),
                ElementsAre("a@eu-west-1", "c@eu-west-1", "d@eu-west-1"));
}

TEST(Roster, RefusesWhatCannotBeARegion) {
    const auto bad = roster::from({who("a", first)}, {"eu-west-1", "evil.example.com/"});
    ASSERT_TRUE(std::holds_alternative<setup_error>(bad));
    EXPECT_EQ(std::get<setup_error>(bad).ec, client_errc::bad_configuration);
    EXPECT_THAT(std::get<setup_error>(bad).message, HasSubstr("evil.example.com"));
}

struct route_case {
    std::string name;
    std::vector<auth::identity> identities;
    std::string account;
    std::vector<std::size_t> expected;
};

class RosterRoute : public ::testing::TestWithParam<route_case> {};

TEST_P(RosterRoute, FindsWhoCanAct) {
    const auto& given = GetParam();
    EXPECT_EQ(made(given.identities).route_for(in_account(given.account)).candidates,
              given.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Table,
    RosterRoute,
    ::testing::Values(
        route_case{"TheOwner", {who("a", first), who("b", second)}, second, {1}},
        route_case{"OneOwnerOfSeveral",
                   {who("a", first), who("b", second), who("c", second)},
                   second,
                   {1}},
        route_case{"TheOwnerBeforeUnknownOnes", {who("a", ""), who("b", second)}, second, {1}},
        route_case{
            "UnknownOnesInTurn", {who("a", ""), who("b", second), who("c", "")}, third, {0, 2}},
        route_case{"AnyoneWithAnEndpointOfItsOwn",
                   {who("a", first), who("b", second, "eu-west-1", "http://127.0.0.1:1")},
                   third,
                   {1}},
        route_case{
            "EveryoneForAQueueWithoutAnAccount", {who("a", first), who("b", second)}, "", {0, 1}},
        route_case{"NobodyInAnotherAccount", {who("a", first), who("b", second)}, third, {}}),
    [](const auto& each) { return each.param.name; });

TEST(Roster, ServesAHandleWithoutAQueueByEveryone) {
    target opaque;
    opaque.handle = task_handle::from_text("task-1");
    EXPECT_THAT(made({who("a", first), who("b", "")}).route_for(opaque).candidates,
                ElementsAre(0, 1));
}

TEST(Roster, NamesBothAccountsWhenItRefuses) {
    const auto one = made({who("a", first)}).route_for(in_account(third));
    EXPECT_THAT(one.candidates, IsEmpty());
    EXPECT_THAT(one.refusal, ::testing::AllOf(HasSubstr(first), HasSubstr(third)));
    const auto two = made({who("a", first), who("b", second)}).route_for(in_account(third));
    EXPECT_THAT(two.refusal, ::testing::AllOf(HasSubstr("2 other accounts"), HasSubstr(third)));
}

TEST(Roster, LearnsAnAccountOnce) {
    auto of = made({who("a", ""), who("b", "")});
    of.learn_account(1, second);
    of.learn_account(1, third);
    EXPECT_EQ(of.identities()[1].account, second);
    EXPECT_THAT(of.route_for(in_account(second)).candidates, ElementsAre(1));
    EXPECT_THAT(of.route_for(in_account(third)).candidates, ElementsAre(0));
}

TEST(Roster, LoadsAccountsThatAreGivenInCode) {
    fleet_config config;
    fleet_account given;
    given.name = "prod";
    given.account = first;
    given.region = "eu-central-1";
    given.endpoint_url = "http://127.0.0.1:9";
    config.accounts.push_back(given);
    given.name = "test";
    given.endpoint_url.clear();
    config.accounts.push_back(given);
    config.endpoint_url = "http://127.0.0.1:8";
    const auto loaded = roster::load(config);
    ASSERT_TRUE(std::holds_alternative<roster>(loaded));
    const auto& identities = std::get<roster>(loaded).identities();
    ASSERT_EQ(identities.size(), 2u);
    EXPECT_EQ(identities[0].name, "prod");
    EXPECT_EQ(identities[0].region(), "eu-central-1");
    EXPECT_EQ(identities[0].config.sqs_endpoint_url.value, "http://127.0.0.1:9");
    EXPECT_EQ(identities[1].config.sqs_endpoint_url.value, "http://127.0.0.1:8");
}

// Keys in the environment, and roles that they assume.
class roles_in_config {
  public:
    roles_in_config() {
        environment.set("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        environment.set("AWS_SECRET_ACCESS_KEY", "secret");
        environment.set("AWS_REGION", "eu-west-1");
    }
    void add(std::string account, std::string role, std::vector<std::string> regions = {}) {
        fleet_role one;
        one.account = std::move(account);
        one.role = std::move(role);
        one.regions = std::move(regions);
        config.roles.push_back(std::move(one));
    }
    [[nodiscard]] std::string refusal() const {
        const auto loaded = roster::load(config);
        const auto* bad = std::get_if<setup_error>(&loaded);
        return bad ? bad->message : std::string{};
    }

    test::scoped_environment environment;
    fleet_config config;
};

TEST(Roster, EntersAccountsByRolesInsteadOfItsOwn) {
    roles_in_config it;
    it.add(first, "Ops");
    it.add(second, "arn:aws:iam::{account}:role/Other", {"us-east-1", "us-west-2"});
    const auto of = std::get<roster>(roster::load(it.config));
    EXPECT_THAT(places(of),
                ElementsAre("arn:aws:iam::111111111111:role/Ops@eu-west-1",
                            "arn:aws:iam::222222222222:role/Other@us-east-1",
                            "arn:aws:iam::222222222222:role/Other@us-west-2"));
    ASSERT_TRUE(of.identities()[0].role);
    EXPECT_EQ(of.identities()[0].role->step.role_arn, "arn:aws:iam::111111111111:role/Ops");
    EXPECT_EQ(of.identities()[0].account, first);
}

TEST(Roster, NarrowsRolesOnlyWhenAsked) {
    roles_in_config it;
    it.add(first, "Ops");
    const auto wide = std::get<roster>(roster::load(it.config));
    it.config.narrow_roles = true;
    const auto narrow = std::get<roster>(roster::load(it.config));
    EXPECT_EQ(wide.identities()[0].role->policy, "");
    const auto& policy = narrow.identities()[0].role->policy;
    EXPECT_THAT(policy, HasSubstr("sqs:CancelMessageMoveTask"));
    EXPECT_THAT(policy, HasSubstr("kms:Decrypt"));
    EXPECT_THAT(policy, Not(HasSubstr("sqs:StartMessageMoveTask")));
    EXPECT_LE(policy.size(), flow::longest_session_policy);
}

TEST(Roster, PutsRolesIntoThePartitionOfTheRegions) {
    roles_in_config it;
    it.add(first, "Ops");
    it.config.regions = {"cn-north-1"};
    const auto of = std::get<roster>(roster::load(it.config));
    EXPECT_THAT(places(of), ElementsAre("arn:aws-cn:iam::111111111111:role/Ops@cn-north-1"));
}

TEST(Roster, RefusesRolesThatCannotBe) {
    roles_in_config bad_account, bad_role, bad_region;
    bad_account.add("prod", "Ops");
    bad_role.add(first, "a b");
    bad_region.add(first, "Ops", {"Ma rs"});
    EXPECT_THAT(bad_account.refusal(), HasSubstr("\"prod\" is not an account"));
    EXPECT_THAT(bad_role.refusal(), HasSubstr("cannot be one"));
    EXPECT_THAT(bad_region.refusal(), HasSubstr("\"Ma rs\" is not a region"));
}

TEST(Roster, RefusesAnAccountWithABadSetting) {
    fleet_config config;
    config.accounts.emplace_back();
    config.accounts.back().region = "not a region";
    EXPECT_TRUE(std::holds_alternative<setup_error>(roster::load(config)));
}

TEST(Roster, TakesTheKeysOfTheEnvironmentBesideABrokenFile) {
    test::scoped_environment environment;
    const auto file = ::testing::TempDir() + "redrive-roster-broken";
    std::ofstream{file} << "region = eu-west-1\n"; // in no section
    environment.set("AWS_CONFIG_FILE", file);
    EXPECT_TRUE(std::holds_alternative<setup_error>(roster::load({})));
    environment.set("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.set("AWS_SECRET_ACCESS_KEY", "s");
    const auto loaded = roster::load({});
    std::filesystem::remove(file);
    ASSERT_TRUE(std::holds_alternative<roster>(loaded));
    EXPECT_EQ(std::get<roster>(loaded).identities().at(0).name, "environment");
}

TEST(Roster, RefusesAProfileThatDoesNotExist) {
    fleet_config config;
    config.profiles = {"no-such-profile-anywhere"};
    EXPECT_TRUE(std::holds_alternative<setup_error>(roster::load(config)));
}

} // namespace
} // namespace redrive::detail
