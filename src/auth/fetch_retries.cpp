#include "auth/fetch_retries.hpp"

#include <utility>

namespace redrive::auth {

boost::asio::awaitable<net::fetched> fetch_with_retries(const source_context& context,
                                                        fetch_plan plan) {
    for (std::uint32_t attempt = 1;; ++attempt) {
        auto got = co_await context.http->fetch(plan.make(), plan.rules);
        const auto verdict = plan.judge(got);
        if (verdict == flow::retry_class::success || verdict == flow::retry_class::not_retryable ||
            attempt >= plan.most_attempts)
            co_return got;
        co_await context.pause(flow::backoff_delay(
            flow::retry_version::v2_1, verdict, attempt, context.random_unit(), std::nullopt));
        if (plan.last_start && context.time->now() > *plan.last_start) co_return got;
    }
}

flow::retry_class class_of_reply(const net::fetched& what) noexcept {
    flow::attempt_result seen;
    seen.status = what.reply.status;
    seen.transport = flow::failure_of(what.ec);
    return flow::classify(seen);
}

flow::retry_class class_of_error(const wire::service_error& error) noexcept {
    flow::attempt_result seen;
    seen.status = error.status;
    seen.type_code = error.type_code;
    seen.legacy_code = error.code;
    return flow::classify(seen);
}

flow::retry_class class_of_json_reply(const net::fetched& what) {
    if (what.ec || is_success(what)) return class_of_reply(what);
    wire::json_reader reader;
    const auto& reply = what.reply;
    return class_of_error(
        wire::read_error(reply.status, reply.reason, reply.headers, reply.body, reader));
}

bool is_success(const net::fetched& what) noexcept {
    return !what.ec && what.reply.status >= 200 && what.reply.status < 300;
}

std::string why_it_failed(const net::fetched& what, std::string_view whom) {
    std::string out{whom};
    if (!what.ec) return out + " answered " + std::to_string(what.reply.status);
    out += " cannot be asked: " + what.ec.message();
    if (!what.detail.empty()) out += " (" + what.detail + ")";
    return out;
}

} // namespace redrive::auth
