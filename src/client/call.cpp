#include "client/call.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <utility>

namespace redrive::detail {
namespace {

flow::traffic_class class_of(wire::operation op) noexcept {
    return op == wire::operation::cancel_message_move_task ? flow::traffic_class::cancels
                                                           : flow::traffic_class::others;
}

} // namespace

call::call(signing_context& context,
           asio::any_io_executor ex,
           wire::operation op,
           std::uint32_t account_lane,
           std::string body,
           reply_sink sink,
           std::array<char, 36> invocation_id)
    : exchange{{class_of(op), account_lane}, wire::is_safe_to_resend(op)}, context_{context},
      ex_{std::move(ex)}, op_{op}, body_{std::move(body)}, sink_{std::move(sink)},
      invocation_id_{invocation_id}, waiter_{ex_} {}

call::~call() {
    if (pool_) pool_->withdraw(*this);
}

asio::awaitable<call::ending> call::attempt(net::pool& where,
                                            std::uint32_t number,
                                            std::uint32_t max_attempts) {
    attempt_ = number;
    max_attempts_ = max_attempts;
    clock_skewed_ = false;
    retry_after_.reset();
    error_ = {};
    loss_ = {};
    request_id_.clear();
    status_ = 0;
    pool_ = &where;
    if (!where.submit(*this)) {
        pool_ = nullptr;
        co_return ending::full;
    }
    const auto how = co_await asio::async_initiate<decltype(asio::use_awaitable), void(ending)>(
        [this](auto handler) {
            auto slot = asio::get_associated_cancellation_slot(handler);
            waiter_.park(std::move(handler));
            if (!slot.is_connected()) return;
            slot.assign([this](asio::cancellation_type) {
                if (!pool_) return; // it has just ended by itself
                withdrawn_in_ = is_on_wire() ? call_phase::read : call_phase::queue;
                pool_->withdraw(*this);
                finish(ending::withdrawn);
            });
        },
        asio::use_awaitable);
    (co_await asio::this_coro::cancellation_state).slot().clear();
    co_return how;
}

void call::render(std::string& out, wire::wall_time now) {
    sent_ = now;
    wire::attempt_stamp stamp;
    stamp.signing_time = now + context_.skew.current();
    stamp.attempt = attempt_;
    stamp.max_attempts = max_attempts_;
    stamp.invocation_id = {invocation_id_.data(), invocation_id_.size()};
    wire::append_request(
        out, context_.request, op_, body_, context_.keys, stamp, context_.key_cache);
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
        const bool readable = (reply.body.empty() || body.exists()) && sink_.read(body, sink_.out);
        if (readable && sink_.fits && !sink_.fits(sink_.out, sink_.expected))
            return net::reply_fit::misplaced;
        finish(readable ? ending::answered : ending::unreadable);
        return net::reply_fit::fits;
    }
    error_ = wire::read_error(reply.status, reply.reason, reply.headers, reply.body, reader);
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

// Through the executor: the pool must not find its own calls coming back while it tells one.
void call::finish(ending how) {
    pool_ = nullptr;
    asio::post(ex_, [waiter = waiter_.take(), how]() mutable { std::move(waiter)(how); });
}

} // namespace redrive::detail
