#include "client/scripted_exchanges.hpp"

#include <boost/asio/post.hpp>

#include <utility>

#include "wire/http_parser.hpp"
#include "wire/json_writer.hpp"

namespace redrive {
namespace testing {

std::string_view request::header(std::string_view name) const noexcept {
    for (const auto& [key, value] : headers)
        if (wire::same_header_name(key, name)) return value;
    return {};
}

reply reply::error(std::string_view code, std::string_view message, unsigned status) {
    reply out;
    out.status = status;
    out.body.clear();
    wire::json_writer json{out.body};
    json.begin_object();
    json.key("__type");
    json.text("com.amazonaws.sqs#" + std::string{code});
    json.key("message");
    json.text(message);
    json.end_object();
    return out;
}

reply reply::connection_lost() {
    reply out;
    out.lost = true;
    return out;
}

reply scripted_service::answer(request what) {
    requests_.push_back(std::move(what));
    return answer_(request{requests_.back()}); // which may send more, and move the others
}

} // namespace testing

namespace detail {
namespace {

testing::request understood(const std::string& bytes) {
    wire::request_parser parser;
    parser.feed(bytes);
    auto& seen = parser.request();
    testing::request out;
    for (const auto& each : seen.headers)
        out.headers.emplace_back(each.name, each.value);
    out.body = std::move(seen.body);
    out.host = out.header("host");
    const auto target = out.header("x-amz-target"); // AmazonSQS.ListQueues
    out.operation = target.substr(target.find('.') + 1);
    return out;
}

wire::http_reply as_http(testing::reply&& from) {
    wire::http_reply out;
    out.status = from.status;
    for (auto& [name, value] : from.headers)
        out.headers.push_back({std::move(name), std::move(value)});
    out.body = std::move(from.body);
    out.body.reserve(out.body.size() + wire::json_reader::padding);
    return out;
}

} // namespace

scripted_exchanges::scripted_exchanges(boost::asio::any_io_executor ex,
                                       std::shared_ptr<time_source> time,
                                       std::shared_ptr<testing::scripted_service> service)
    : ex_{std::move(ex)}, time_{std::move(time)}, service_{std::move(service)} {}

bool scripted_exchanges::submit(net::exchange& call) {
    const auto number = ++last_;
    under_way_[&call] = turn{number, false, {}, time_->make_timer(ex_)};
    boost::asio::post(ex_, [weak = weak_from_this(), &call, number] {
        if (const auto self = weak.lock()) self->send(call, number);
    });
    return true;
}

call_phase scripted_exchanges::withdraw(net::exchange& call) {
    const auto under_way = under_way_.extract(&call);
    if (under_way.empty() || !under_way.mapped().sent) return call_phase::pool;
    mark_maybe_applied(call);
    return call_phase::read;
}

// The call of this turn may be gone, and another may be in its place.
scripted_exchanges::turn* scripted_exchanges::find(net::exchange& call, std::uint64_t number) {
    const auto at = under_way_.find(&call);
    return at != under_way_.end() && at->second.number == number ? &at->second : nullptr;
}

void scripted_exchanges::send(net::exchange& call, std::uint64_t number) {
    if (!find(call, number)) return;
    std::string bytes;
    call.render(bytes, time_->wall_now());
    auto answer = service_->answer(understood(bytes));
    auto* const one = find(call, number); // the script may have cancelled it
    if (!one) return;
    one->sent = true;
    one->reply = std::move(answer);
    one->timer->async_wait_until(time_->now() + one->reply.after,
                                 [weak = weak_from_this(), &call, number](error_code ec) {
                                     const auto self = weak.lock();
                                     if (!ec && self) self->deliver(call, number);
                                 });
}

void scripted_exchanges::deliver(net::exchange& call, std::uint64_t number) {
    auto* const one = find(call, number);
    if (!one) return;
    auto answer = std::move(one->reply);
    under_way_.erase(&call);
    net::exchange_loss loss;
    loss.phase = call_phase::read;
    loss.fate = flow::loss_fate::maybe_applied;
    if (answer.lost) {
        mark_maybe_applied(call);
        loss.ec = client_errc::connection_lost;
        loss.detail = "as the script wants it";
        return call.lost(loss);
    }
    auto reply = as_http(std::move(answer));
    if (call.answered(reply, reader_, time_->wall_now()) == net::reply_fit::fits) return;
    loss.ec = client_errc::reply_malformed;
    loss.detail = "the reply names another queue";
    call.lost(loss);
}

} // namespace detail
} // namespace redrive
