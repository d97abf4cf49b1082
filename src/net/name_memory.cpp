#include "net/name_memory.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/query.hpp>

#include <mutex>

#include "flow/aging_cache.hpp"

namespace redrive::net {
namespace {

using addresses = std::vector<asio::ip::tcp::endpoint>;

class name_memory final : public asio::execution_context::service {
  public:
    using key_type = name_memory;
    using time = time_source::steady_time;
    static asio::execution_context::id id;

    explicit name_memory(asio::execution_context& context)
        : asio::execution_context::service{context} {}

    std::optional<addresses> fresh(const std::string& host, time now) const {
        const std::lock_guard lock{mutex_};
        return names_.fresh(host, now);
    }
    std::optional<addresses> usable(const std::string& host, time now) const {
        const std::lock_guard lock{mutex_};
        return names_.usable(host, now);
    }
    void found(const std::string& host, addresses where, time now) {
        const std::lock_guard lock{mutex_};
        names_.found(host, std::move(where), now);
    }

  private:
    void shutdown() override {}

    mutable std::mutex mutex_; // contexts may have several threads
    flow::aging_cache<addresses> names_;
};

asio::execution_context::id name_memory::id;

// One name may be asked for with several ports.
resolved_host at_port(addresses found, std::uint16_t port) {
    for (auto& each : found)
        each.port(port);
    resolved_host out;
    out.addresses = std::move(found);
    return out;
}

} // namespace

asio::awaitable<resolved_host> resolve_remembered(asio::any_io_executor ex,
                                                  std::shared_ptr<time_source> time,
                                                  std::string host,
                                                  std::uint16_t port) {
    auto& names = asio::use_service<name_memory>(asio::query(ex, asio::execution::context));
    if (auto known = names.fresh(host, time->now())) co_return at_port(*std::move(known), port);
    auto result = co_await resolve(ex, host, port);
    if (!result.ec) {
        names.found(host, result.addresses, time->now());
    } else if (result.ec != asio::error::operation_aborted) {
        if (auto old = names.usable(host, time->now())) co_return at_port(*std::move(old), port);
    }
    co_return result;
}

} // namespace redrive::net
