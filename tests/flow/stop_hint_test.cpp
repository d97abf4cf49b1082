#include "flow/stop_hint.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

namespace redrive::flow {
namespace {

TEST(StopHint, NamesTheNextStepForEachReasonOfSilence) {
    const std::pair<client_errc, const char*> reasons[] = {
        {client_errc::certificate_rejected, "--ca-bundle"},
        {client_errc::proxy_refused, "HTTPS_PROXY"},
        {client_errc::proxy_failed, "NO_PROXY"},
        {client_errc::resolve_failed, "the DNS"},
        {client_errc::connect_failed, "nothing answers"},
        {client_errc::connect_timeout, "nothing answers"},
        {client_errc::connection_lost, "repeat the run"},
    };
    for (const auto& [ec, fragment] : reasons) {
        const auto text = gave_up_hint(outcome::unreachable, ec);
        EXPECT_NE(text.find(fragment), std::string_view::npos) << text;
    }
}

TEST(StopHint, TellsTheKindsOfDenialApart) {
    std::set<std::string_view> texts;
    const error_code denials[] = {service_errc::access_denied,
                                  service_errc::expired_credentials,
                                  service_errc::invalid_credentials,
                                  service_errc::clock_skew,
                                  service_errc::not_enabled,
                                  client_errc::no_credentials};
    for (const auto& ec : denials) {
        EXPECT_EQ(gave_up_hint(outcome::denied, ec), denied_hint(ec));
        texts.insert(denied_hint(ec));
    }
    EXPECT_EQ(texts.size(), std::size(denials));
}

TEST(StopHint, SaysWhatTheLastReadingLeavesOpen) {
    EXPECT_NE(unproven_hint(task_status{"RUNNING"}).find("still RUNNING"), std::string_view::npos);
    EXPECT_NE(unproven_hint(task_status{"CANCELLING"}).find("still CANCELLING"),
              std::string_view::npos);
    EXPECT_NE(unproven_hint(task_status{"SOMETHING"}).find("not proven"), std::string_view::npos);
}

TEST(StopHint, HasNothingToSayAboutOutcomesThatSpeakForThemselves) {
    EXPECT_TRUE(gave_up_hint(outcome::skipped, {}).empty());
}

} // namespace
} // namespace redrive::flow
