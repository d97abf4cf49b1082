#include "cli/summary.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace redrive::cli {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

target_outcome done_as(outcome is, error_code ec = {}, std::string hint = {}) {
    target_outcome done;
    done.is = is;
    done.ec = ec;
    done.hint = std::move(hint);
    done.account = "123456789012";
    done.region = "eu-west-1";
    done.queue = "orders";
    return done;
}

TEST(ReasonGroups, KeepOnlyWhatSomebodyHasToLookAt) {
    reason_groups groups;
    groups.add(done_as(outcome::stopped));
    groups.add(done_as(outcome::already_finished));
    groups.add(done_as(outcome::not_running));
    EXPECT_TRUE(groups.empty());
    EXPECT_EQ(groups.text(), "");
}

TEST(ReasonGroups, TellAReasonOnceWithItsCountItsFirstPlacesAndItsNextStep) {
    reason_groups groups;
    for (int i = 0; i < 5; ++i)
        groups.add(done_as(outcome::denied, service_errc::expired_credentials, "sign in again"));
    groups.add(done_as(outcome::unknown, {}, "verify it"));
    const auto text = groups.text();
    EXPECT_THAT(text,
                HasSubstr("  5 denied (expired_credentials): 123456789012 eu-west-1 orders, "));
    EXPECT_THAT(text, HasSubstr(", ...\n"));
    EXPECT_THAT(text, HasSubstr("next: sign in again\n"));
    EXPECT_EQ(text.find("sign in again"), text.rfind("sign in again"));
    EXPECT_LT(text.find("5 denied"), text.find("1 unknown"));
}

TEST(ReasonGroups, NameInvalidTargetsByTheirLine) {
    reason_groups groups;
    target_outcome bad;
    bad.is = outcome::invalid;
    bad.ec = client_errc::invalid_argument;
    bad.info.message = "not a queue ARN";
    bad.input = {2, 7, "arn:\x1b[2J"};
    groups.add(bad);
    EXPECT_THAT(groups.text(), HasSubstr("line 7 (arn:\\x1b[2J)"));
    EXPECT_THAT(groups.text(), HasSubstr("not a queue ARN"));
}

TEST(ReasonGroups, StayBoundedWhateverTheServiceSays) {
    reason_groups groups;
    for (int i = 0; i < 1000; ++i) {
        auto done = done_as(outcome::unknown, service_errc::unrecognised);
        done.info.code = "Code" + std::to_string(i);
        groups.add(done);
    }
    const auto text = groups.text();
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 2 * 101);
    EXPECT_THAT(text, HasSubstr("900 others"));
}

stop_report good_report() {
    stop_report report;
    report.targets = 3;
    report.counts[static_cast<std::size_t>(outcome::stopped)] = 2;
    report.counts[static_cast<std::size_t>(outcome::not_running)] = 1;
    report.moved_before = 12345;
    report.moved_after = 67;
    report.first_order = 30ms;
    report.last_order = 1200ms;
    report.last_proof = 3s;
    return report;
}

TEST(Summary, CountsOutcomesMessagesAndTimes) {
    EXPECT_EQ(
        summary_of(good_report(), {}, told::everything),
        "3 targets: 2 stopped, 1 not_running\n"
        "about 12,345 messages were moved before the stop and about 67 after it was ordered; "
        "they do not move back\n"
        "first cancel sent after 30 ms, all ordered after 1.2 s, all confirmed after 3.0 s\n");
}

TEST(Summary, SaysNothingWhenQuietAndAllIsWell) {
    EXPECT_EQ(summary_of(good_report(), {}, told::problems), "");
}

TEST(Summary, SaysWhatIsNotConfirmedAlsoWhenQuiet) {
    reason_groups unconfirmed;
    unconfirmed.add(done_as(outcome::unknown, {}, "verify it"));
    auto report = good_report();
    report.interrupted = true;
    const auto text = summary_of(report, unconfirmed, told::problems);
    EXPECT_THAT(text, HasSubstr("not confirmed:\n  1 unknown"));
    EXPECT_THAT(text, HasSubstr("redrives that are not confirmed go on running"));
}

TEST(Summary, TellsNoTargetFromNothingRunning) {
    stop_report report;
    EXPECT_THAT(summary_of(report, {}, told::everything), HasSubstr("no target was given"));
    report.search.emplace();
    EXPECT_THAT(summary_of(report, {}, told::everything), HasSubstr("nothing was running"));
}

TEST(Summary, OfASearchSaysWhatItCoveredAndWhatItCouldNot) {
    find_report report;
    report.queues = report.read = 10;
    report.matched = 1;
    report.parts = 4;
    unsearched_part part;
    part.identity = "prod";
    part.region = "eu-west-1";
    part.why = unsearched_part::cause::denied;
    part.ec = service_errc::access_denied;
    part.hint = "allow sqs:ListQueues";
    report.unsearched.push_back(part);
    part.why = unsearched_part::cause::not_enabled;
    report.unsearched.push_back(part);
    const auto text = summary_of(report, told::everything);
    EXPECT_THAT(text, HasSubstr("read 10 of 10 queues in 4 account-region pairs, found 1 task\n"));
    EXPECT_THAT(text, HasSubstr("1 region not enabled, left out\n"));
    EXPECT_THAT(text,
                HasSubstr("could not be searched:\n  1 denied (access_denied): prod eu-west-1"));
    EXPECT_THAT(text, HasSubstr("next: allow sqs:ListQueues"));
    EXPECT_THAT(summary_of(report, told::problems), Not(HasSubstr("found 1 task")));
}

} // namespace
} // namespace redrive::cli
