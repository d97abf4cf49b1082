#include "flow/loss_rule.hpp"

namespace redrive::flow {

loss_verdict judge_loss(const lost_call_view& view) noexcept {
    // Unbounded, since each announced close comes behind an answer: there is progress.
    if (view.announced && view.safe_to_resend) return loss_verdict::resend;
    if (view.free_resends >= most_free_resends) return loss_verdict::report;
    if (view.fate == loss_fate::never_sent) return loss_verdict::resend;
    if (!view.safe_to_resend) return loss_verdict::report;
    if (!view.was_due) return loss_verdict::resend;
    // The head of the line probably met the fault itself; only a stale connection excuses it, once.
    return view.stale && view.free_resends == 0 ? loss_verdict::resend : loss_verdict::report;
}

} // namespace redrive::flow
