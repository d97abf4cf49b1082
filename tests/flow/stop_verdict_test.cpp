#include "flow/stop_verdict.hpp"

#include "flow/stop_course.hpp"

#include <gmock/gmock.h>

namespace redrive::flow {
namespace {

using namespace test;
using ::testing::HasSubstr;

const tasks nothing;
const error_code lost = client_errc::connection_lost;
const error_code inactive = service_errc::task_not_active;
const error_code missing = service_errc::resource_not_found;

move_task running(int moved = 2) {
    return entry("RUNNING", 300, moved, ours);
}
move_task cancelling(int moved = 4) {
    return entry("CANCELLING", 300, moved);
}
move_task cancelled(int moved = 8) {
    return entry("CANCELLED", 300, moved);
}
move_task completed(int moved = 10) {
    return entry("COMPLETED", 300, moved);
}
move_task successor() {
    return entry("RUNNING", 43'300, 0, next);
}

// --- one scenario for each service's habits

TEST(StopVerdict, ProvesAStopAsRecordedOnAwsAndCountsTheDrift) {
    stop_course course{by_queue()};
    course.reads({running(2)}).orders().accepted(2).reads({cancelling(4)}).reads({cancelled(8)});
    const auto& verdict = course.result();
    EXPECT_EQ(verdict.is, outcome::stopped);
    EXPECT_EQ(verdict.rests_on, evidence::terminal);
    EXPECT_EQ(verdict.status.text(), "CANCELLED");
    EXPECT_EQ(verdict.moved_at_list, 2);
    EXPECT_EQ(verdict.moved_at_cancel, 2);
    EXPECT_EQ(verdict.moved_at_stop, 8);
    EXPECT_EQ(verdict.started, at(300));
    EXPECT_TRUE(verdict.was_ordered && verdict.was_accepted);
    EXPECT_FALSE(verdict.replaced);
    EXPECT_FALSE(verdict.error);
    EXPECT_EQ(verdict.hint, "");
}

TEST(StopVerdict, TakesOnlyActiveTasksCanBeCancelledOfLocalAwsSqsAsAReasonToRead) {
    stop_course course{by_handle(ours)};
    course.orders().refused(inactive, said("Only active tasks can be cancelled."));
    EXPECT_EQ(course.reads({cancelled()}).result().is, outcome::already_finished);
    EXPECT_EQ(course.result().moved_at_stop, 8);
}

TEST(StopVerdict, CallsATaskThatVanishesFromElasticMqStoppedAfterTwoReadings) {
    stop_course course{by_listing(entry("RUNNING", 300, 2, "task-1"))};
    course.orders().accepted(2).reads(nothing);
    EXPECT_EQ(course.settle(), step::read);
    course.reads(nothing);
    EXPECT_EQ(course.result().is, outcome::stopped);
    EXPECT_EQ(course.result().rests_on, evidence::absent);
    EXPECT_EQ(course.result().moved_at_stop, std::nullopt);
    EXPECT_EQ(course.result().status.text(), "");
}

TEST(StopVerdict, DoesNotCallATaskAbsentWhileAnotherIsActive) {
    stop_course course{by_listing(entry("RUNNING", 300, 2, "task-1"))};
    const tasks restarted{entry("RUNNING", 43'300, 0, "task-2")};
    course.orders().accepted(2).reads(nothing).reads(restarted).reads(nothing);
    EXPECT_EQ(course.settle(), step::read);
    EXPECT_EQ(course.reads(nothing).result().rests_on, evidence::absent);
    EXPECT_THAT(course.result().hint, HasSubstr("NEW redrive"));
}

TEST(StopVerdict, EndsTheEndlessCancellingOfLocalStackAsUnknown) {
    stop_course course{by_handle(ours)};
    course.orders().accepted(10).reads_for_ever({cancelling()});
    EXPECT_EQ(course.result().is, outcome::unknown);
    EXPECT_EQ(course.result().status.text(), "CANCELLING");
    EXPECT_THAT(course.result().hint, HasSubstr("still CANCELLING"));
    EXPECT_EQ(course.elapsed(), seconds{60});
}

TEST(StopVerdict, ReadsTheRecordWhenFauxqsSaysNotFoundOfACompletedTask) {
    stop_course course{by_handle(ours)};
    course.orders().refused(missing, said("already in status COMPLETED and cannot be cancelled."));
    EXPECT_EQ(course.reads({completed()}).result().is, outcome::already_finished);
}

TEST(StopVerdict, ReadsTheRecordWhenFakecloudCallsACancelUnsupported) {
    stop_course course{by_handle("FakeCloudMessageMoveTask-1")};
    course.orders().refused(service_errc::unsupported).reads({completed()});
    EXPECT_EQ(course.result().is, outcome::already_finished);
}

TEST(StopVerdict, FollowsAHandleThatFlociListsInEveryStatus) {
    stop_course course{by_handle("task-1")};
    course.orders().accepted(3).reads({entry("CANCELLING", 300, 3, "task-1")});
    course.reads({entry("CANCELLED", 300, 3, "task-1")});
    EXPECT_EQ(course.result().is, outcome::stopped);
}

// --- whose end it was

TEST(StopVerdict, SaysAlreadyFinishedWhenTheTaskCompletedAlthoughTheOrderWasAccepted) {
    for (const auto* status : {"COMPLETED", "FAILED"}) {
        stop_course course{by_listing(running())};
        course.orders().accepted(9).reads({entry(status, 300, 10)});
        EXPECT_EQ(course.result().is, outcome::already_finished) << status;
        EXPECT_EQ(course.result().moved_at_stop, 10);
        EXPECT_EQ(course.result().moved_at_cancel, 9);
    }
}

TEST(StopVerdict, CreditsAStopToAnOrderWhoseAnswerWasLost) {
    stop_course course{by_listing(running())};
    course.orders().refused(lost, said("", true)).orders().refused(inactive);
    EXPECT_EQ(course.reads({cancelled()}).result().is, outcome::stopped);
    EXPECT_EQ(course.result().rests_on, evidence::terminal);
    EXPECT_FALSE(course.result().was_accepted);
}

TEST(StopVerdict, CreditsNothingToAnOrderThatWasNeverWritten) {
    stop_course course{by_listing(running())};
    course.orders().refused(client_errc::connect_failed).orders().refused(inactive);
    EXPECT_EQ(course.reads({cancelled()}).result().is, outcome::already_finished);
}

TEST(StopVerdict, CreditsAStopToAnOrderThatTheClientSentAgainByItself) {
    stop_course course{by_listing(running())};
    course.orders().refused(inactive, said("Only active tasks can be cancelled.", true));
    EXPECT_EQ(course.reads({cancelled()}).result().is, outcome::stopped);
}

TEST(StopVerdict, TakesAnInternalErrorForAnOrderThatMayHaveBeenApplied) {
    stop_course course{by_listing(running())};
    course.orders().refused(service_errc::internal).orders().refused(inactive);
    EXPECT_EQ(course.reads({cancelled()}).result().is, outcome::stopped);
}

TEST(StopVerdict, WaitsForACancellingThatBeganBeforeTheOrder) {
    stop_course course{by_queue()};
    course.reads({cancelling()}).reads({cancelling()}).reads({cancelled()});
    EXPECT_EQ(course.result().is, outcome::already_finished);
    EXPECT_EQ(course.result().moved_at_stop, 8);
    EXPECT_FALSE(course.result().was_ordered);
}

TEST(StopVerdict, DoesNotWaitForEverForACancellingThatBeganBeforeTheOrder) {
    stop_course course{by_queue()};
    course.reads_for_ever({cancelling()});
    EXPECT_EQ(course.result().is, outcome::unknown);
    EXPECT_EQ(course.elapsed(), seconds{60});
}

TEST(StopVerdict, WaitsForACancellingTaskWithoutAStart) {
    auto undated = cancelling();
    undated.started = {};
    auto record = cancelled();
    record.started = {};
    stop_course course{by_queue()};
    course.reads({undated}).reads({record});
    EXPECT_EQ(course.result().is, outcome::already_finished);
}

TEST(StopVerdict, CallsACancellingTaskThatVanishesFinished) {
    stop_course course{by_queue()};
    EXPECT_EQ(course.reads({cancelling()}).reads(nothing).result().is, outcome::already_finished);
}

// --- a queue without a handle

TEST(StopVerdict, FindsNothingToStopOnAnIdleQueue) {
    EXPECT_EQ(stop_course{by_queue()}.reads(nothing).result().is, outcome::not_running);
    EXPECT_EQ(stop_course{by_queue()}.reads({completed()}).result().is, outcome::not_running);
}

TEST(StopVerdict, RefusesToCallARunningTaskWithoutAHandleNothingToDo) {
    stop_course course{by_queue()};
    course.reads({entry("RUNNING", 300, 2)});
    EXPECT_EQ(course.result().is, outcome::unknown);
    EXPECT_EQ(course.result().status.text(), "RUNNING");
    EXPECT_THAT(course.result().hint, HasSubstr("without its handle"));
}

TEST(StopVerdict, DoesNotGuessWhatAnUnknownStatusMeans) {
    stop_course course{by_queue()};
    course.reads({entry("PAUSED", 300, 2), completed()});
    EXPECT_EQ(course.result().is, outcome::unknown);
    EXPECT_EQ(course.result().status.text(), "PAUSED");
    EXPECT_THAT(course.result().hint, HasSubstr("does not know"));
}

TEST(StopVerdict, OrdersOnlyTheTaskThatWasListedBefore) {
    auto listed = running();
    listed.handle.clear();
    stop_course course{by_listing(listed)};
    course.reads({successor(), completed()});
    EXPECT_EQ(course.result().is, outcome::already_finished);
    EXPECT_TRUE(course.result().replaced);
    EXPECT_FALSE(course.result().was_ordered);
}

TEST(StopVerdict, TakesTheHandleFromAReadingOfTheTaskThatWasListedBefore) {
    auto listed = running();
    listed.handle.clear();
    stop_course course{by_listing(listed)};
    course.reads({running()}).orders();
    EXPECT_EQ(course.verdict().handle(), ours);
}

// --- a bare handle

TEST(StopVerdict, OrdersABareHandleAtOnceAndProvesItByTheRecordBeforeTheOrder) {
    stop_course course{by_handle(ours)};
    course.orders().accepted(2).reads({cancelling(), completed()});
    course.reads({cancelled(), entry("COMPLETED", 200, 9)});
    EXPECT_EQ(course.result().is, outcome::stopped);
    EXPECT_EQ(course.result().moved_at_list, std::nullopt);
    EXPECT_EQ(course.result().moved_at_stop, 8);
    EXPECT_EQ(course.result().started, at(300));
}

TEST(StopVerdict, SaysLoudlyThatANewTaskRunsOnTheQueue) {
    stop_course course{by_handle(ours)};
    course.orders().accepted(2).reads({successor(), cancelled()});
    EXPECT_EQ(course.result().is, outcome::stopped);
    EXPECT_TRUE(course.result().replaced);
    EXPECT_THAT(course.result().hint, HasSubstr("NEW redrive"));
    EXPECT_EQ(course.verdict().handle(), ours);
}

TEST(StopVerdict, DoesNotFindAnUnknownHandleOnAQueueWithoutTasks) {
    stop_course course{by_handle(ours)};
    course.orders().refused(missing, said("Task does not exist."));
    EXPECT_EQ(course.reads(nothing).result().is, outcome::not_found);
    EXPECT_EQ(course.result().error, missing);
    EXPECT_EQ(course.result().why.message, "Task does not exist.");
    EXPECT_THAT(course.result().hint, HasSubstr("check the handle"));
}

TEST(StopVerdict, BelievesAnInactiveTaskWithoutARecordOnlyAfterAReading) {
    stop_course idle{by_handle(ours)};
    EXPECT_EQ(idle.orders().refused(inactive).reads(nothing).result().is, outcome::not_running);
    stop_course busy{by_handle(ours)};
    busy.orders().refused(inactive).reads({successor()});
    EXPECT_EQ(busy.result().is, outcome::already_finished);
    EXPECT_TRUE(busy.result().replaced);
}

TEST(StopVerdict, CallsAnUndecodableHandleInvalid) {
    stop_course course{by_handle("foobared")};
    course.orders().refused(service_errc::invalid_parameter,
                            said("Value for parameter TaskHandle is invalid."));
    EXPECT_EQ(course.result().is, outcome::invalid);
    EXPECT_EQ(course.result().error, service_errc::invalid_parameter);
}

TEST(StopVerdict, ReadsOnWhenAListedHandleIsCalledInvalid) {
    stop_course course{by_listing(running())};
    course.orders().refused(service_errc::invalid_parameter,
                            said("Value for parameter TaskHandle is invalid."));
    EXPECT_EQ(course.reads({completed()}).result().is, outcome::already_finished);
}

TEST(StopVerdict, StaysUnknownWhileARunningTaskWithoutAHandleMayBeOurs) {
    stop_course course{by_handle(ours)};
    course.orders().accepted(2).reads_for_ever({entry("RUNNING", 300, 2), completed()});
    EXPECT_EQ(course.result().is, outcome::unknown);
    EXPECT_THAT(course.result().hint, HasSubstr("may be this one"));
    EXPECT_FALSE(course.result().replaced);
}

TEST(StopVerdict, WaitsOutARecordInAnUnknownStatus) {
    stop_course course{by_handle(ours)};
    course.orders().accepted(2).reads({entry("DRAINING", 300, 2)}).reads({cancelled()});
    EXPECT_EQ(course.result().is, outcome::stopped);
}

// --- queues and permissions

TEST(StopVerdict, DoesNotFindAQueueThatIsNotThere) {
    stop_course course{by_handle(ours)};
    course.orders().refused(missing).fails_to_read(service_errc::queue_not_found);
    EXPECT_EQ(course.result().is, outcome::not_found);
    EXPECT_EQ(course.result().error, service_errc::queue_not_found);
    EXPECT_EQ(course.result().hint, "");
}

TEST(StopVerdict, DoesNotCallATaskStoppedBecauseItsQueueWasDeleted) {
    stop_course course{by_listing(running())};
    course.orders().accepted(2).fails_to_read(missing);
    EXPECT_EQ(course.result().is, outcome::not_found);
    EXPECT_THAT(course.result().hint, HasSubstr("disappeared after the order"));
}

TEST(StopVerdict, ReportsADenialWithItsKind) {
    const std::pair<error_code, const char*> kinds[] = {
        {service_errc::access_denied, "access denied"},
        {service_errc::invalid_credentials, "invalid credentials"},
        {service_errc::expired_credentials, "expired credentials"},
        {service_errc::clock_skew, "clock"},
        {service_errc::not_enabled, "not enabled"},
        {client_errc::no_credentials, "no usable credentials"},
    };
    for (const auto& [ec, text] : kinds) {
        stop_course course{by_handle(ours)};
        course.orders().refused(ec, said("no"));
        EXPECT_EQ(course.result().is, outcome::denied);
        EXPECT_EQ(course.result().error, ec);
        EXPECT_EQ(course.result().why.message, "no");
        EXPECT_THAT(course.result().hint, HasSubstr(text));
    }
}

TEST(StopVerdict, IsDeniedWhenItMayNotLookForTheHandle) {
    stop_course course{by_queue()};
    course.fails_to_read(service_errc::access_denied);
    EXPECT_EQ(course.result().is, outcome::denied);
    EXPECT_EQ(course.result().error, service_errc::access_denied);
}

TEST(StopVerdict, KeepsAnAcceptedOrderWhoseProofIsDenied) {
    stop_course course{by_handle(ours)};
    course.orders().accepted(2).fails_to_read(service_errc::access_denied);
    EXPECT_EQ(course.result().is, outcome::accepted);
    EXPECT_EQ(course.result().error, service_errc::access_denied);
    EXPECT_THAT(course.result().hint, HasSubstr("sqs:ListMessageMoveTasks"));
    EXPECT_THAT(course.result().hint, HasSubstr("iam-policy --for cancel"));
}

TEST(StopVerdict, NamesThePolicyOfWhatItWasAskedToDo) {
    stop_course stop{by_queue()};
    stop.fails_to_read(service_errc::access_denied);
    EXPECT_THAT(stop.result().hint, HasSubstr("--for cancel"));
    stop_course verify{by_queue(), goal::verify};
    verify.fails_to_read(service_errc::access_denied);
    EXPECT_EQ(verify.result().is, outcome::denied);
    EXPECT_THAT(verify.result().hint, HasSubstr("--for verify"));
}

TEST(StopVerdict, KeepsAnAcceptedOrderOnAServiceThatCannotList) {
    stop_course course{by_handle(ours)};
    course.orders().accepted(2).fails_to_read(service_errc::unsupported);
    EXPECT_EQ(course.result().is, outcome::accepted);
    EXPECT_EQ(course.result().error, service_errc::unsupported);
}

TEST(StopVerdict, CallsAQueueThatTheServiceRejectsInvalidOnlyBeforeAnOrder) {
    stop_course before{by_queue()};
    EXPECT_EQ(before.fails_to_read(service_errc::invalid_parameter).result().is, outcome::invalid);
    stop_course unable{by_queue()};
    EXPECT_EQ(unable.fails_to_read(service_errc::unsupported).result().is, outcome::unknown);
    stop_course after{by_handle(ours)};
    after.orders().refused(inactive).fails_to_read(service_errc::invalid_parameter);
    EXPECT_EQ(after.result().is, outcome::unknown);
}

// --- handles that cannot be listed

stop_verdict::subject opaque() {
    auto what = by_handle("AQEB-1");
    what.can_list = false;
    return what;
}

TEST(StopVerdict, LeavesAnAcceptedOrderWithoutAQueueUnproven) {
    stop_course course{opaque()};
    course.orders().accepted(2);
    EXPECT_EQ(course.result().is, outcome::accepted);
    EXPECT_EQ(course.result().rests_on, evidence::none);
    EXPECT_THAT(course.result().hint, HasSubstr("by its ARN"));
}

TEST(StopVerdict, DoesNotGuessFromARefusalWithoutAQueue) {
    stop_course gone{opaque()};
    EXPECT_EQ(gone.orders().refused(missing).result().is, outcome::not_found);
    stop_course perhaps{opaque()};
    EXPECT_EQ(perhaps.orders().refused(missing, said("", true)).result().is, outcome::unknown);
    stop_course ended{opaque()};
    EXPECT_EQ(ended.orders().refused(inactive).result().is, outcome::unknown);
    EXPECT_EQ(ended.result().error, inactive);
}

TEST(StopVerdict, OrdersAgainWithoutAQueueUntilItsTimeIsUp) {
    stop_course course{opaque()};
    int orders = 0;
    while (course.settle() == step::order && orders < 1000) {
        course.orders().refused(client_errc::read_timeout, said("", true));
        ++orders;
    }
    EXPECT_EQ(course.result().is, outcome::unknown);
    EXPECT_GT(orders, 10);
    EXPECT_GE(course.elapsed(), seconds{60});
}

TEST(StopVerdict, HasNothingToDoForATargetThatItCanNeitherListNorOrder) {
    auto what = by_queue();
    what.can_list = false;
    EXPECT_EQ(stop_course{what}.result().is, outcome::unknown);
    EXPECT_EQ(stop_course(opaque(), goal::verify).result().is, outcome::unknown);
}

// --- goals

TEST(StopVerdict, OnlyOrdersWhenNoProofIsAskedFor) {
    stop_course course{by_queue(), goal::order};
    course.reads({running()}).orders().accepted(2);
    EXPECT_EQ(course.result().is, outcome::accepted);
    EXPECT_EQ(course.result().moved_at_cancel, 2);
    EXPECT_EQ(course.result().hint, "");
    EXPECT_FALSE(course.result().error);
}

TEST(StopVerdict, NeverOrdersWhenItOnlyVerifies) {
    stop_course course{by_listing(running()), goal::verify};
    course.reads({running()}).pass(seconds{10}).reads({running()}).reads({cancelled()});
    EXPECT_EQ(course.result().is, outcome::already_finished);
    EXPECT_FALSE(course.result().was_ordered);
}

TEST(StopVerdict, VerifiesAQueueByItsActiveTaskOrItsNewestRecord) {
    stop_course active{by_queue(), goal::verify};
    active.reads({running()}).reads({successor(), completed()});
    EXPECT_EQ(active.result().is, outcome::already_finished);
    EXPECT_TRUE(active.result().replaced);
    stop_course idle{by_queue(), goal::verify};
    EXPECT_EQ(idle.reads({completed()}).result().is, outcome::already_finished);
    EXPECT_EQ(idle.result().moved_at_stop, 10);
    stop_course empty{by_queue(), goal::verify};
    EXPECT_EQ(empty.reads(nothing).result().is, outcome::not_running);
}

TEST(StopVerdict, VerifiesABareHandleByItsRecordOrNotAtAll) {
    stop_course ended{by_handle(ours), goal::verify};
    EXPECT_EQ(ended.reads({successor(), cancelled()}).result().is, outcome::already_finished);
    stop_course none{by_handle(ours), goal::verify};
    EXPECT_EQ(none.reads(nothing).result().is, outcome::not_found);
}

TEST(StopVerdict, StopsVerifyingARunningTaskWhenItsTimeIsUp) {
    stop_course course{by_listing(running()), goal::verify};
    course.reads_for_ever({running()});
    EXPECT_EQ(course.result().is, outcome::unknown);
    EXPECT_EQ(course.elapsed(), seconds{60});
    EXPECT_THAT(course.result().hint, HasSubstr("still RUNNING"));
}

// --- pauses, losses and their ends

TEST(StopVerdict, ReadsAfterHalfASecondAndThenEverLessOftenUpToFiveSeconds) {
    stop_course course{by_handle(ours)};
    course.orders().accepted(2);
    std::vector<long> pauses;
    auto before = course.elapsed();
    while (course.settle() == step::read && pauses.size() < 8) {
        pauses.push_back(
            std::chrono::duration_cast<milliseconds>(course.elapsed() - before).count());
        before = course.elapsed();
        course.reads({cancelling()});
    }
    EXPECT_EQ(pauses, (std::vector<long>{500, 800, 1280, 2048, 3276, 5000, 5000, 5000}));
}

TEST(StopVerdict, JittersAPauseByAFifthAndDrawsItOnce) {
    const stop_verdict::time start{};
    const auto pause_with = [start](double random) {
        stop_verdict verdict{by_handle(ours), goal::stop, {}, start};
        verdict.ordered(start, noon);
        verdict.accepted(start, 0, false);
        EXPECT_EQ(verdict.next(start, random), step::wait);
        const auto first = verdict.resume_at();
        EXPECT_EQ(verdict.next(start, 1 - random), step::wait);
        EXPECT_EQ(verdict.resume_at(), first);
        return first - start;
    };
    EXPECT_EQ(pause_with(0), milliseconds{400});
    EXPECT_EQ(pause_with(1), milliseconds{600});
}

TEST(StopVerdict, OrdersOnceMoreWhenAnAcceptedTaskRunsOnForFiveSeconds) {
    stop_course course{by_listing(running())};
    course.orders().accepted(2).reads({running()}).pass(seconds{5}).reads({running(90)});
    course.orders().accepted(90).reads({running()}).pass(seconds{9}).reads({running()});
    EXPECT_EQ(course.settle(), step::read);
    course.reads({cancelled()});
    EXPECT_EQ(course.result().is, outcome::stopped);
    EXPECT_EQ(course.result().moved_at_cancel, 2);
}

TEST(StopVerdict, ReadsOnWhenTheSecondOrderOfAnAcceptedTaskFails) {
    const error_code answers[] = {
        lost, inactive, service_errc::throttled, service_errc::access_denied};
    for (const auto& answer : answers) {
        stop_course course{by_listing(running())};
        course.orders().accepted(2).pass(seconds{6}).reads({running()});
        course.orders().refused(answer).reads({cancelled()});
        EXPECT_EQ(course.result().is, outcome::stopped) << answer.message();
    }
}

TEST(StopVerdict, OrdersAgainUnderTheFresherHandleOfARefusedTaskThatRuns) {
    stop_course course{by_listing(entry("RUNNING", 300, 2, "AQEB-1"))};
    course.orders().refused(missing).reads({entry("RUNNING", 300, 2, "AQEB-2")});
    EXPECT_EQ(course.settle(), step::order);
    EXPECT_EQ(course.verdict().handle(), "AQEB-2");
    course.orders().accepted(3).reads({cancelled()});
    EXPECT_EQ(course.result().is, outcome::stopped);
}

TEST(StopVerdict, GivesUpARefusedTaskThatRunsOn) {
    stop_course course{by_listing(running())};
    int orders = 0;
    for (auto what = course.settle(); what != step::done; what = course.settle()) {
        if (what == step::read) {
            course.reads({running()});
        } else {
            ++orders;
            course.orders().refused(service_errc::unsupported);
        }
    }
    EXPECT_EQ(course.result().is, outcome::unknown);
    EXPECT_EQ(course.result().error, service_errc::unsupported);
    EXPECT_GT(orders, 3);
    EXPECT_LE(orders, 14);
}

TEST(StopVerdict, NeverStopsOrderingAThrottledTaskByItself) {
    stop_course course{by_handle(ours)};
    while (course.elapsed() < seconds{300})
        course.orders().refused(service_errc::throttled);
    course.orders().accepted(2);
    course.reads({cancelled()});
    EXPECT_EQ(course.result().is, outcome::stopped);
}

TEST(StopVerdict, GivesAThrottledOrderThatWasLostBeforeItsFullTime) {
    stop_course course{by_handle(ours)};
    course.orders().refused(lost, said("", true)).orders().refused(service_errc::throttled);
    course.pass(seconds{100}).orders().refused(service_errc::throttled);
    EXPECT_EQ(course.settle(), step::order);
}

TEST(StopVerdict, ReadsWhenAnswersToItsOrdersGetLostAgainAndAgain) {
    stop_course course{by_handle(ours)};
    course.orders().refused(lost, said("", true)).orders().refused(lost, said("", true));
    EXPECT_EQ(course.reads({cancelled()}).result().is, outcome::stopped);
    stop_course unseen{by_handle(ours)};
    unseen.orders().refused(lost, said("", true)).orders().refused(lost, said("", true));
    unseen.reads(nothing).orders().refused(missing).reads(nothing);
    EXPECT_EQ(unseen.result().is, outcome::not_found);
}

TEST(StopVerdict, EndsAsUnknownWhenReadingsFailAfterTheOrder) {
    for (const error_code ec :
         {lost, error_code{service_errc::throttled}, error_code{service_errc::internal}}) {
        stop_course course{by_handle(ours)};
        course.orders().accepted(2);
        while (course.settle() == step::read)
            course.fails_to_read(ec);
        EXPECT_EQ(course.result().is, outcome::unknown);
        EXPECT_EQ(course.result().error, ec);
        EXPECT_EQ(course.elapsed(), seconds{60});
        EXPECT_THAT(course.result().hint, HasSubstr("not proven in time"));
    }
}

TEST(StopVerdict, KeepsLookingForAHandleThroughSilenceAndThrottling) {
    stop_course course{by_queue()};
    while (course.elapsed() < seconds{200}) {
        course.fails_to_read(lost).fails_to_read(service_errc::throttled);
    }
    course.reads({running()}).orders().accepted(2).reads({cancelled()});
    EXPECT_EQ(course.result().is, outcome::stopped);
}

TEST(StopVerdict, StopsLookingForAHandleWhenTheServiceFailsForAMinute) {
    stop_course course{by_queue()};
    while (course.settle() == step::read)
        course.fails_to_read(service_errc::internal);
    EXPECT_EQ(course.result().is, outcome::unknown);
    EXPECT_EQ(course.result().error, service_errc::internal);
}

TEST(StopVerdict, GivesTheProofItsFullTimeAfterALongSearch) {
    stop_course course{by_queue()};
    course.fails_to_read(service_errc::internal).pass(seconds{80}).reads({running()});
    course.orders().accepted(2).pass(seconds{50}).reads({cancelling()}).reads({cancelled()});
    EXPECT_EQ(course.result().is, outcome::stopped);
}

TEST(StopVerdict, ReadsOnceMoreWhenAShortTimeIsUp) {
    stop_verdict::limits bounds;
    bounds.verify_timeout = milliseconds{100};
    stop_course course{by_handle(ours), goal::stop, bounds};
    course.orders().accepted(2);
    EXPECT_EQ(course.reads_for_ever({cancelling()}), 1);
    EXPECT_EQ(course.elapsed(), milliseconds{100});
}

// --- giving up

TEST(StopVerdict, GivesUpWithTheCallersOutcomeBeforeAnythingWasApplied) {
    const std::pair<outcome, const char*> ends[] = {
        {outcome::unreachable, "nothing answers at the endpoint"},
        {outcome::throttled, "admitted no call"},
        {outcome::unknown, "nothing was proven"},
        {outcome::denied, "no usable credentials"},
        {outcome::skipped, ""}};
    for (const auto& [why, text] : ends) {
        stop_course course{by_handle(ours)};
        course.orders().refused(client_errc::connect_failed);
        course.gives_up(why, client_errc::connect_failed, said("port closed"));
        EXPECT_EQ(course.result().is, why);
        EXPECT_EQ(course.result().why.message, "port closed");
        EXPECT_THAT(course.result().hint, HasSubstr(text));
    }
}

TEST(StopVerdict, GivesUpAsUnknownOnceAnOrderMayHaveBeenApplied) {
    stop_course accepted{by_handle(ours)};
    accepted.orders().accepted(2).gives_up(outcome::unreachable, lost);
    stop_course perhaps{by_handle(ours)};
    perhaps.orders().refused(lost, said("", true)).gives_up(outcome::throttled);
    stop_course in_flight{by_handle(ours)};
    in_flight.orders().gives_up(outcome::unreachable);
    stop_course late{by_handle(ours)};
    late.gives_up(outcome::unreachable, lost, said("", true));
    for (auto* course : {&accepted, &perhaps, &in_flight, &late}) {
        EXPECT_EQ(course->result().is, outcome::unknown);
        EXPECT_THAT(course->result().hint, HasSubstr("may go on"));
    }
}

TEST(StopVerdict, HearsNothingAfterItIsDone) {
    stop_course course{by_handle(ours)};
    course.orders().accepted(2).reads({cancelled()});
    auto& verdict = course.verdict();
    const stop_verdict::time later{seconds{9}};
    verdict.ordered(later, noon);
    verdict.accepted(later, 99, true);
    verdict.refused(later, lost, {});
    verdict.read(later, {running()});
    verdict.reading_failed(later, lost, {});
    verdict.gave_up(later, outcome::unreachable, lost, {});
    EXPECT_EQ(course.result().is, outcome::stopped);
    EXPECT_EQ(course.result().moved_at_cancel, 2);
    EXPECT_FALSE(course.result().error);
}

} // namespace
} // namespace redrive::flow
