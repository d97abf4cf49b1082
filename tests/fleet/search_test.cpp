#include "fleet/search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "fleet_driver.hpp"
#include "redrive/testing.hpp"
#include "simulated_service.hpp"
#include "support/scoped_environment.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;
using cause = unsearched_part::cause;

const std::string first_account = sim::fleet_account(0), second_account = sim::fleet_account(1);

struct search_run {
    find_report report;
    std::vector<found_task> tasks;

    [[nodiscard]] std::set<std::string> queues() const {
        std::set<std::string> out;
        for (const auto& each : tasks)
            out.insert(each.queue);
        return out;
    }
};

search_run look(fleet_driver& driver, find_options what = {}) {
    search_run out;
    what.on_task([&out](const found_task& task) { out.tasks.push_back(task); });
    out.report = driver.find(std::move(what));
    return out;
}

// A service that refuses every call, for one account.
fleet_config refused_as(const char* code, const std::string& message) {
    fleet_config config;
    config.accounts.push_back({.name = "prod",
                               .keys = {"AKIDEXAMPLE", secret_text{"wJalrXUtnFEMI"}},
                               .account = "123456789012",
                               .region = "eu-west-1"});
    config.service = std::make_shared<testing::scripted_service>(
        [=](const testing::request&) { return testing::reply::error(code, message, 403); });
    return config;
}

TEST(Search, FindsEveryTaskOfEveryAccountAndRegion) {
    simulated_service service{
        {.fleet = {.accounts = 3, .regions = 2, .queues = 60, .running = 12}}};
    fleet_driver driver{service.config()};
    const auto run = look(driver);
    EXPECT_FALSE(driver.last_error);
    EXPECT_EQ(run.report.queues, 60u);
    EXPECT_EQ(run.report.read, 60u);
    EXPECT_EQ(run.report.matched, 12u);
    EXPECT_EQ(run.report.parts, 6u);
    EXPECT_TRUE(run.report.unsearched.empty());
    EXPECT_LE(run.report.began, run.report.ended);
    std::set<std::string> places;
    for (const auto& each : run.tasks) {
        EXPECT_EQ(each.task.status.text(), "RUNNING");
        EXPECT_FALSE(each.task.handle.empty());
        EXPECT_FALSE(each.request_id.empty());
        EXPECT_EQ(each.identity, "sim-" + each.account);
        places.insert(each.account + each.region);
    }
    EXPECT_EQ(places.size(), 6u);
    EXPECT_THAT(service.state().forbidden, ::testing::IsEmpty());
}

TEST(Search, ReadsEveryPageOfManyQueues) {
    simulated_service service{{.fleet = {.queues = 2500, .running = 5, .backlog = 100'000'000}}};
    fleet_driver driver{service.config()};
    const auto run = look(driver);
    EXPECT_EQ(run.report.queues, 2500u);
    EXPECT_EQ(run.report.read, 2500u);
    EXPECT_EQ(run.report.matched, 5u);
}

TEST(Search, ReadsOnlyQueuesThatMatch) {
    simulated_service service{{.fleet = {.queues = 20, .running = 6}}};
    fleet_driver driver{service.config()};
    const auto run =
        look(driver, find_options{}.match({"orders-*-dlq"}).exclude({"*-000001-*", "*2-dlq"}));
    EXPECT_EQ(run.report.queues, 20u);
    EXPECT_EQ(run.report.read, run.tasks.size());
    for (const auto& name : run.queues()) {
        EXPECT_TRUE(name.starts_with("orders-") && name.ends_with("-dlq")) << name;
        EXPECT_FALSE(name.ends_with("2-dlq")) << name;
    }
    EXPECT_LT(run.tasks.size(), 6u);
    EXPECT_GT(run.tasks.size(), 0u);
}

TEST(Search, LeavesSmallAndYoungTasksOutWhenAsked) {
    simulated_service service{
        {.fleet = {.queues = 3, .running = 3, .backlog = 1'000'000, .rate = 1, .spread = false}}};
    fleet_driver driver{service.config()};
    EXPECT_EQ(look(driver, find_options{}.min_remaining(500'000)).tasks.size(), 3u);
    EXPECT_EQ(look(driver, find_options{}.min_remaining(1'000'001)).tasks.size(), 0u);
    EXPECT_EQ(look(driver, find_options{}.older_than(1h)).tasks.size(), 0u);
    EXPECT_EQ(look(driver, find_options{}.older_than(1ms)).tasks.size(), 3u);
}

TEST(Search, ShowsFinishedTasksOnlyOnRequest) {
    simulated_service service{
        {.fleet = {.queues = 1, .running = 1, .backlog = 1, .rate = 500, .spread = false}}};
    fleet_driver driver{service.config()};
    driver.run_until([&] { return service.state().count("COMPLETED") == 1; });
    EXPECT_EQ(look(driver).tasks.size(), 0u);
    const auto all = look(driver, find_options{}.history(true));
    ASSERT_EQ(all.tasks.size(), 1u);
    EXPECT_EQ(all.tasks[0].task.status.text(), "COMPLETED");
}

TEST(Search, ReportsAnAccountThatIsDeniedAndFindsTheRest) {
    simulated_service service{
        {.fleet = {.accounts = 2, .queues = 8, .running = 4},
         .faults = {"op=ListQueues,account=" + first_account + ",do=error:AccessDeniedException"}}};
    fleet_driver driver{service.config()};
    const auto run = look(driver);
    EXPECT_EQ(run.tasks.size(), 2u);
    ASSERT_EQ(run.report.unsearched.size(), 1u);
    const auto& part = run.report.unsearched[0];
    EXPECT_EQ(part.why, cause::denied);
    EXPECT_EQ(part.account, first_account);
    EXPECT_EQ(part.region, "us-east-1");
    EXPECT_EQ(part.queue, "");
    EXPECT_EQ(part.ec, service_errc::access_denied);
    EXPECT_THAT(part.hint, HasSubstr("sqs:ListQueues"));
    EXPECT_EQ(run.report.unsearched_count, 1u);
}

TEST(Search, ReportsOneQueueThatIsDeniedAndReadsTheRest) {
    simulated_service service{
        {.fleet = {.queues = 8, .running = 8},
         .faults = {"op=ListMessageMoveTasks,nth=3,do=error:AccessDeniedException"}}};
    fleet_driver driver{service.config()};
    const auto run = look(driver);
    EXPECT_EQ(run.tasks.size(), 7u);
    ASSERT_EQ(run.report.unsearched.size(), 1u);
    EXPECT_NE(run.report.unsearched[0].queue, "");
    EXPECT_EQ(run.report.unsearched[0].why, cause::denied);
}

TEST(Search, NamesTheActionThatTheServiceRefused) {
    const auto config = refused_as("AccessDeniedException",
                                   "User: u is not authorized to perform: sqs:listqueues on "
                                   "resource: arn:aws:sqs:eu-west-1:123456789012:");
    fleet_driver driver{config};
    const auto run = look(driver);
    ASSERT_EQ(run.report.unsearched.size(), 1u);
    EXPECT_EQ(run.report.unsearched[0].hint,
              "access denied: give prod sqs:ListQueues; `redrive iam-policy --for list` prints all "
              "that is needed");
    const auto stopped = driver.stop_found({});
    ASSERT_TRUE(stopped.search);
    ASSERT_EQ(stopped.search->unsearched.size(), 1u);
    EXPECT_THAT(stopped.search->unsearched[0].hint, HasSubstr("--for cancel`"));
}

TEST(Search, GivesTheNextStepForOtherDenialsThanPermissions) {
    const std::pair<const char*, const char*> denials[] = {
        {"ExpiredTokenException", "expired credentials"},
        {"SignatureDoesNotMatch", "aws sts get-caller-identity`"},
        {"RequestExpired", "clock"},
    };
    for (const auto& [code, fragment] : denials) {
        fleet_driver driver{refused_as(code, "no")};
        const auto run = look(driver);
        ASSERT_EQ(run.report.unsearched.size(), 1u) << code;
        EXPECT_THAT(run.report.unsearched[0].hint, HasSubstr(fragment)) << code;
        EXPECT_THAT(run.report.unsearched[0].hint, ::testing::Not(HasSubstr("sqs:"))) << code;
    }
}

TEST(Search, GivesTheNextStepWhereThereAreNoCredentials) {
    test::scoped_environment environment;
    environment.set("AWS_EC2_METADATA_DISABLED", "true");
    auto config = refused_as("AccessDeniedException", "never asked");
    config.accounts.clear();
    config.regions = {"eu-west-1"};
    fleet_driver driver{config};
    const auto run = look(driver);
    ASSERT_EQ(run.report.unsearched.size(), 1u);
    const auto& part = run.report.unsearched[0];
    EXPECT_EQ(part.ec, client_errc::no_credentials);
    EXPECT_EQ(part.why, cause::denied);
    EXPECT_THAT(part.hint,
                ::testing::AllOf(HasSubstr("no usable credentials"),
                                 HasSubstr("`aws sts get-caller-identity`"),
                                 ::testing::Not(HasSubstr("sqs:"))));
}

TEST(Search, AsksNothingMoreOnceTheCredentialsAreRefused) {
    simulated_service service{
        {.fleet = {.queues = 500, .running = 1},
         .faults = {"op=ListMessageMoveTasks,do=error:ExpiredTokenException"}}};
    fleet_driver driver{service.config()};
    const auto run = look(driver);
    ASSERT_EQ(run.report.unsearched.size(), 1u);
    EXPECT_EQ(run.report.unsearched[0].queue, ""); // the whole region, once
    EXPECT_THAT(run.report.unsearched[0].hint, HasSubstr("credentials"));
    EXPECT_LT(service.state().calls["ListMessageMoveTasks"], 200);
}

TEST(Search, TakesARegionThatRefusesAKnownIdentityForNotEnabled) {
    simulated_service service{
        {.fleet = {.regions = 2, .queues = 8, .running = 4},
         .faults = {"op=ListQueues,region=us-west-2,do=error:UnrecognizedClientException"}}};
    fleet_driver driver{service.config()};
    const auto run = look(driver);
    EXPECT_EQ(run.tasks.size(), 2u);
    ASSERT_EQ(run.report.unsearched.size(), 1u);
    EXPECT_EQ(run.report.unsearched[0].why, cause::not_enabled);
    EXPECT_EQ(run.report.unsearched_count, 0u);
}

TEST(Search, TakesAnIdentityThatIsRefusedEverywhereForDenied) {
    simulated_service service{{.fleet = {.regions = 2, .queues = 8, .running = 4}}};
    auto config = service.config();
    config.accounts[0].keys.secret_access_key = secret_text{"wrong"};
    fleet_driver driver{std::move(config)};
    const auto run = look(driver);
    ASSERT_EQ(run.report.unsearched.size(), 2u);
    EXPECT_EQ(run.report.unsearched[0].why, cause::denied);
    EXPECT_EQ(run.report.unsearched_count, 2u);
}

TEST(Search, GetsThroughThrottlesErrorsAndLosses) {
    simulated_service service{
        {.fleet = {.queues = 100, .running = 10, .backlog = 10'000'000},
         .faults = {"op=ListQueues,nth=1,do=throttle",
                    "op=ListMessageMoveTasks,every=43,do=throttle",
                    "op=ListMessageMoveTasks,every=11,do=close",
                    "op=ListMessageMoveTasks,every=13,do=error:InternalError"}}};
    fleet_driver driver{service.config()};
    const auto run = look(driver);
    EXPECT_EQ(run.tasks.size(), 10u);
    EXPECT_EQ(run.report.read, 100u);
    EXPECT_TRUE(run.report.unsearched.empty());
}

TEST(Search, ReportsASilentEndpointAtItsDeadline) {
    simulated_service service{
        {.fleet = {.queues = 5, .running = 1}, .faults = {"do=delay:600000"}}};
    fleet_driver driver{service.config()};
    const auto run = look(driver, find_options{}.deadline(3s));
    ASSERT_EQ(run.report.unsearched.size(), 1u);
    EXPECT_EQ(run.report.unsearched[0].why, cause::unreachable);
    EXPECT_EQ(run.report.unsearched[0].ec, client_errc::deadline_exceeded);
}

TEST(Search, ReadsGivenQueuesInsteadOfLookingForThem) {
    simulated_service service{{.fleet = {.accounts = 2, .queues = 8, .running = 4}}};
    const auto tasks = service.state().tasks;
    fleet_driver driver{service.config()};
    const auto run = look(
        driver,
        find_options{}.only({parsed(arn_of(tasks[0])), parsed(tasks[3].handle), parsed("junk!")}));
    EXPECT_THAT(run.queues(), UnorderedElementsAre(tasks[0].queue, tasks[3].queue));
    EXPECT_EQ(run.report.queues, 2u);
    EXPECT_EQ(service.state().calls.count("ListQueues"), 0u);
}

TEST(Search, LearnsWhoseQueueANameIs) {
    simulated_service service{{.fleet = {.queues = 4, .running = 2}}};
    auto config = service.config();
    config.accounts[0].account.clear();
    fleet_driver driver{std::move(config)};
    const auto task = service.state().tasks[0];
    const auto run = look(driver, find_options{}.only({parsed(task.queue)}));
    ASSERT_EQ(run.tasks.size(), 1u);
    EXPECT_EQ(run.tasks[0].account, first_account);
    EXPECT_EQ(service.state().calls["GetQueueUrl"], 1);
}

TEST(Search, AsksTheNextIdentityForAQueueThatTheFirstDoesNotKnow) {
    simulated_service service{{.fleet = {.accounts = 2, .queues = 4, .running = 2}}};
    auto config = service.config();
    for (auto& each : config.accounts)
        each.account.clear();
    fleet_driver driver{std::move(config)};
    const auto tasks = service.state().tasks;
    ASSERT_EQ(tasks[1].account, second_account);
    const auto run = look(driver, find_options{}.only({parsed(arn_of(tasks[1]))}));
    ASSERT_EQ(run.tasks.size(), 1u);
    EXPECT_EQ(run.tasks[0].identity, "sim-" + second_account);
    EXPECT_TRUE(run.report.unsearched.empty());
}

TEST(Search, SaysThatNobodyServesAnAccount) {
    fleet_config config;
    config.accounts.push_back({.name = "prod", .account = "111111111111", .region = "eu-west-1"});
    fleet_driver driver{std::move(config)};
    const auto run =
        look(driver, find_options{}.only({parsed("arn:aws:sqs:eu-west-1:222222222222:q")}));
    ASSERT_EQ(run.report.unsearched.size(), 1u);
    EXPECT_THAT(run.report.unsearched[0].hint,
                ::testing::AllOf(HasSubstr("111111111111"), HasSubstr("222222222222")));
}

} // namespace
} // namespace redrive
