#include "client/call.hpp"

#include <utility>

namespace redrive::detail {
namespace {

flow::traffic_class class_of(wire::operation op) noexcept {
    return op == wire::operation::cancel_message_move_task ? flow::traffic_class::cancels
                                                           : flow::traffic_class::others;
}

} // namespace

call::call(call_context& context,
           std::uint32_t account_lane,
           call_request what,
           std::array<char, 36> invocation_id)
    : exchange{{class_of(what.op), account_lane}, wire::is_safe_to_resend(what.op)},
      context_{context}, what_{std::move(what)}, invocation_id_{invocation_id},
      request_id_{context.memory->take_text()} {}

call::~call() {
    if (carrier_) carrier_->withdraw(*this);
    context_.memory->give_text(std::move(what_.body));
    context_.memory->give_text(std::move(request_id_));
}

bool call::begin(net::exchange_service& where, std::uint32_t number, std::uint32_t max_attempts) {
    attempt_ = number;
    max_attempts_ = max_attempts;
    clock_skewed_ = false;
    retry_after_.reset();
    error_ = {};
    loss_ = {};
    request_id_.clear();
    status_ = 0;
    if (!where.submit(*this)) return false;
    carrier_ = &where;
    return true;
}

void call::withdraw() {
    if (!carrier_) return;
    withdrawn_in_ = std::exchange(carrier_, nullptr)->withdraw(*this);
}

void call::render(std::string& out, wire::wall_time now) {
    sent_ = now;
    wire::attempt_stamp stamp;
    stamp.signing_time = now + context_.skew.current();
    stamp.attempt = attempt_;
    stamp.max_attempts = max_attempts_;
    stamp.invocation_id = {invocation_id_.data(), invocation_id_.size()};
    context_.requests.append(out, what_.op, what_.body, stamp);
    if (context_.signing)
        context_.signing->tell(context_.requests, what_.op, what_.body, stamp.signing_time);
}

net::reply_fit call::answered(wire::http_reply& reply,
                              wire::json_reader& reader,
                              wire::wall_time received) {
    const auto skew = context_.skew.replied(sent_, received, reply.headers);
    status_ = reply.status;
    request_id_ = wire::request_id_of(reply.headers);
    if (reply.status >= 200 && reply.status < 300) {
        const auto body = reply.body.empty() ? wire::json_value{}
                                             : reader.parse(reply.body, reply.body.capacity());
        const bool readable =
            (reply.body.empty() || body.exists()) && what_.sink.read(body, what_.sink.out);
        if (readable && what_.sink.fits && !what_.sink.fits(what_.sink.out, what_.sink.expected))
            return net::reply_fit::misplaced;
        finish(readable ? ending::answered : ending::unreadable);
        return net::reply_fit::fits;
    }
    error_ = wire::read_error(reply.status, reply.reason, reply.headers, reply.body, reader);
    wire::hide_secrets(error_, context_.requests.secrets());
    clock_skewed_ = context_.skew.explains(error_.type_code, error_.code, skew);
    request_id_ = error_.request_id; // which may be in the body only
    retry_after_ = flow::parse_retry_after(wire::find_header(reply.headers, "x-amz-retry-after"));
    finish(ending::refused);
    return net::reply_fit::fits;
}

void call::lost(const net::exchange_loss& why) {
    loss_ = why;
    finish(ending::lost);
}

void call::finish(ending how) {
    carrier_ = nullptr;
    ended(how);
}

} // namespace redrive::detail
