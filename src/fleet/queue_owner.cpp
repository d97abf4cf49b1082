#include "fleet/queue_owner.hpp"

#include "redrive/queue_url.hpp"

namespace redrive::detail {

std::optional<queue_arn> known_owner(queue_arn source, const cell& where) {
    if (source.account.empty()) source.account = where.account;
    if (source.account.empty()) return std::nullopt;
    return source;
}

asio::awaitable<owned_queue> find_owner(queue_arn source,
                                        cell& where,
                                        errand& work,
                                        double random) {
    owned_queue out;
    if (auto known = known_owner(source, where)) {
        out.source = std::move(*known);
        co_return out;
    }
    out.source = std::move(source);
    const auto make = [&] {
        return where.sqs().async_queue_url(
            out.source.name, work.run().within(call_options{}.max_attempts(1)), work.token());
    };
    auto found = co_await call_patiently<queue_url_result>(
        work, where, flow::call_purpose::search_page, random, make);
    out.ec = found.ec;
    out.info = std::move(found.value.info);
    out.patience = found.patience;
    if (out.ec) co_return out;
    if (const auto url = parse_queue_url(found.value.queue_url)) {
        out.source.account = url->account;
    } else {
        out.ec = client_errc::reply_malformed;
    }
    co_return out;
}

} // namespace redrive::detail
