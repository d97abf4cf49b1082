#include "cli/exit_code.hpp"

#include <boost/asio/error.hpp>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace redrive::cli {
namespace {

using proof = stop_options::proof;
using cause = unsearched_part::cause;

stop_report report_of(const std::vector<outcome>& outcomes) {
    stop_report report;
    for (const auto one : outcomes) {
        ++report.targets;
        ++report.counts[static_cast<std::size_t>(one)];
    }
    return report;
}

find_report search_without(const std::vector<cause>& causes) {
    find_report report;
    for (const auto why : causes) {
        unsearched_part part;
        part.why = why;
        report.unsearched.push_back(part);
        if (why != cause::not_enabled) ++report.unsearched_count;
    }
    return report;
}

TEST(ExitCode, OfOneTargetFollowsItsOutcome) {
    const std::pair<outcome, exit_code> table[] = {
        {outcome::stopped, exit_code::ok},
        {outcome::already_finished, exit_code::ok},
        {outcome::not_running, exit_code::ok},
        {outcome::accepted, exit_code::not_confirmed},
        {outcome::not_found, exit_code::not_confirmed},
        {outcome::invalid, exit_code::usage},
        {outcome::skipped, exit_code::not_confirmed},
        {outcome::unknown, exit_code::not_confirmed},
        {outcome::denied, exit_code::denied},
        {outcome::throttled, exit_code::unavailable},
        {outcome::unreachable, exit_code::unavailable},
    };
    for (const auto& [one, code] : table)
        EXPECT_EQ(code_of_stop(report_of({one}), proof::verify), code) << to_string(one);
}

TEST(ExitCode, OfManyTargetsIsTheWorst) {
    using enum outcome;
    const std::pair<std::vector<outcome>, exit_code> table[] = {
        {{stopped, not_running}, exit_code::ok},
        {{stopped, invalid}, exit_code::not_confirmed},
        {{invalid, invalid}, exit_code::usage},
        {{unknown, throttled}, exit_code::unavailable},
        {{unreachable, denied, unknown}, exit_code::denied},
        {{stopped, skipped}, exit_code::not_confirmed},
    };
    for (const auto& [outcomes, code] : table)
        EXPECT_EQ(code_of_stop(report_of(outcomes), proof::verify), code);
}

TEST(ExitCode, OfAnAcceptedOrderDependsOnTheProofThatWasAskedFor) {
    auto report = report_of({outcome::accepted});
    report.accepted_unproven = 1;
    EXPECT_EQ(code_of_stop(report, proof::verify), exit_code::not_confirmed);
    EXPECT_EQ(code_of_stop(report, proof::order_only), exit_code::ok);
    report.accepted_unproven_denied = 1;
    EXPECT_EQ(code_of_stop(report, proof::verify), exit_code::denied);
    EXPECT_EQ(code_of_stop(report, proof::order_only), exit_code::ok);
}

TEST(ExitCode, OfAnInterruptedRunIs130WhateverElseHappened) {
    for (const auto one : {outcome::stopped, outcome::denied, outcome::unknown, outcome::invalid}) {
        auto report = report_of({one});
        report.interrupted = true;
        EXPECT_EQ(code_of_stop(report, proof::verify), exit_code::interrupted);
        EXPECT_EQ(code_of_verify(report), exit_code::interrupted);
    }
}

TEST(ExitCode, OfNoTargetIsAUsageErrorUnlessASearchFoundNone) {
    EXPECT_EQ(code_of_stop({}, proof::verify), exit_code::usage);
    stop_report searched;
    searched.search.emplace();
    EXPECT_EQ(code_of_stop(searched, proof::verify), exit_code::ok);
}

TEST(ExitCode, CountsPartsThatCouldNotBeSearchedByTheirCause) {
    const std::pair<std::vector<cause>, exit_code> table[] = {
        {{}, exit_code::ok},
        {{cause::not_enabled}, exit_code::ok},
        {{cause::other}, exit_code::not_confirmed},
        {{cause::throttled}, exit_code::unavailable},
        {{cause::unreachable, cause::other}, exit_code::unavailable},
        {{cause::unreachable, cause::denied}, exit_code::denied},
    };
    for (const auto& [causes, code] : table) {
        EXPECT_EQ(code_of_search(search_without(causes)), code);
        auto report = report_of({outcome::stopped});
        report.search = search_without(causes);
        EXPECT_EQ(code_of_stop(report, proof::verify), code);
    }
    find_report only_counted;
    only_counted.unsearched_count = 1;
    EXPECT_EQ(code_of_search(only_counted), exit_code::not_confirmed);
}

TEST(ExitCode, OfAVerifyIsZeroOnlyWhenEveryTaskIsOver) {
    using enum outcome;
    EXPECT_EQ(code_of_verify(report_of({stopped, already_finished, not_running})), exit_code::ok);
    for (const auto one : {accepted, not_found, unknown, denied, throttled, unreachable, skipped})
        EXPECT_EQ(code_of_verify(report_of({stopped, one})), exit_code::not_confirmed);
    EXPECT_EQ(code_of_verify(report_of({invalid, stopped})), exit_code::not_confirmed);
    EXPECT_EQ(code_of_verify(report_of({invalid})), exit_code::usage);
    EXPECT_EQ(code_of_verify({}), exit_code::usage);
}

TEST(ExitCode, OfARunThatCannotBeginTellsCredentialsFromConfiguration) {
    EXPECT_EQ(code_of_failure(client_errc::no_credentials), exit_code::denied);
    EXPECT_EQ(code_of_failure(service_errc::expired_credentials), exit_code::denied);
    EXPECT_EQ(code_of_failure(client_errc::bad_ca_bundle), exit_code::usage);
    EXPECT_EQ(code_of_failure(client_errc::bad_configuration), exit_code::usage);
    EXPECT_EQ(code_of_failure(client_errc::no_region), exit_code::usage);
    EXPECT_EQ(code_of_failure(boost::asio::error::operation_aborted), exit_code::interrupted);
}

TEST(ExitCode, RanksTheCodesAsDocumented) {
    const exit_code rising[] = {exit_code::ok,
                                exit_code::not_confirmed,
                                exit_code::unavailable,
                                exit_code::denied,
                                exit_code::interrupted};
    for (std::size_t i = 0; i + 1 < std::size(rising); ++i) {
        EXPECT_EQ(worse(rising[i], rising[i + 1]), rising[i + 1]);
        EXPECT_EQ(worse(rising[i + 1], rising[i]), rising[i + 1]);
    }
}

} // namespace
} // namespace redrive::cli
