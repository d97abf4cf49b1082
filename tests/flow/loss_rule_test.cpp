#include "flow/loss_rule.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace redrive::flow {
namespace {

struct rule_case {
    std::string name;
    lost_call_view view;
    loss_verdict expected;
};

class LossRule : public ::testing::TestWithParam<rule_case> {};

TEST_P(LossRule, Judges) {
    EXPECT_EQ(judge_loss(GetParam().view), GetParam().expected);
}

lost_call_view applied(bool was_due) {
    lost_call_view view;
    view.fate = loss_fate::maybe_applied;
    view.was_due = was_due;
    return view;
}

std::vector<rule_case> cases() {
    std::vector<rule_case> out;
    out.push_back({"SendsWhatNeverLeft", {}, loss_verdict::resend});

    lost_call_view unsafe_unsent;
    unsafe_unsent.safe_to_resend = false;
    out.push_back({"SendsWhatNeverLeftEvenIfUnsafe", unsafe_unsent, loss_verdict::resend});

    auto unsafe = applied(false);
    unsafe.safe_to_resend = false;
    out.push_back({"ReportsTheUnsafeThatMayBeApplied", unsafe, loss_verdict::report});

    out.push_back({"SendsAgainWhatWaitedBehindTheFault", applied(false), loss_verdict::resend});
    out.push_back({"ReportsTheHeadOfTheLine", applied(true), loss_verdict::report});

    auto announced = applied(true);
    announced.announced = true;
    out.push_back({"SendsAgainAfterAnAnnouncedClose", announced, loss_verdict::resend});
    announced.free_resends = 100;
    out.push_back({"SendsAgainAfterAnyNumberOfThem", announced, loss_verdict::resend});

    auto stale = applied(true);
    stale.stale = true;
    out.push_back({"ForgivesAStaleConnection", stale, loss_verdict::resend});
    stale.free_resends = 1;
    out.push_back({"ForgivesAStaleConnectionOnlyOnce", stale, loss_verdict::report});

    lost_call_view often;
    often.free_resends = most_free_resends - 1;
    out.push_back({"SendsTheLastFreeTime", often, loss_verdict::resend});
    often.free_resends = most_free_resends;
    out.push_back({"ReportsAfterTheLastFreeTime", often, loss_verdict::report});
    return out;
}

INSTANTIATE_TEST_SUITE_P(Table, LossRule, ::testing::ValuesIn(cases()), [](const auto& each) {
    return each.param.name;
});

} // namespace
} // namespace redrive::flow
