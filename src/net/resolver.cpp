#include "net/resolver.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/query.hpp>

#include <netdb.h>

#include <cstring>

#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_set>

#include "net/waiting.hpp"

namespace redrive::net {
namespace {

using resolve_handler =
    asio::any_completion_handler<void(error_code, std::vector<asio::ip::tcp::endpoint>)>;

constexpr std::size_t most_threads = 4;

struct lookup {
    lookup(const asio::any_io_executor& ex, std::string name, std::uint16_t to_port)
        : host{std::move(name)}, port{to_port}, work{ex} {}

    std::string host;
    std::uint16_t port;
    asio::executor_work_guard<asio::any_io_executor> work;
    resolve_handler handler; // empty once completed
};

std::vector<asio::ip::tcp::endpoint> look_up(const lookup& job) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* found = nullptr;
    std::vector<asio::ip::tcp::endpoint> addresses;
    if (::getaddrinfo(job.host.c_str(), nullptr, &hints, &found) != 0) return addresses;
    for (const auto* at = found; at; at = at->ai_next) {
        asio::ip::tcp::endpoint endpoint;
        if (at->ai_addrlen > endpoint.capacity()) continue;
        std::memcpy(endpoint.data(), at->ai_addr, at->ai_addrlen);
        endpoint.resize(at->ai_addrlen);
        endpoint.port(job.port);
        addresses.push_back(endpoint);
    }
    ::freeaddrinfo(found);
    return addresses;
}

// What the threads share with the context; outlives the context while a lookup hangs.
class lookup_queue {
  public:
    void submit(const std::shared_ptr<lookup_queue>& self, std::shared_ptr<lookup> job) {
        const std::lock_guard lock{mutex_};
        pending_.insert(job);
        waiting_.push_back(std::move(job));
        if (threads_ < most_threads) {
            ++threads_;
            std::thread{[self] { self->work(); }}.detach();
        }
    }

    // Completes the job unless it is complete already.
    void complete(const std::shared_ptr<lookup>& job,
                  error_code ec,
                  std::vector<asio::ip::tcp::endpoint> addresses) {
        // Under the lock, so that the context cannot go away between the look and the post.
        const std::lock_guard lock{mutex_};
        if (pending_.erase(job) == 0) return;
        auto handler = std::exchange(job->handler, nullptr);
        const auto ex = job->work.get_executor();
        asio::post(ex, [handler = std::move(handler), ec, found = std::move(addresses)]() mutable {
            std::move(handler)(ec, std::move(found));
        });
        job->work.reset();
    }

    // The context shuts down: handlers are destroyed, not called, as for every Asio object.
    void shutdown() {
        std::unordered_set<std::shared_ptr<lookup>> orphans;
        {
            const std::lock_guard lock{mutex_};
            orphans.swap(pending_);
            waiting_.clear();
        }
        for (const auto& job : orphans) {
            job->handler = nullptr;
            job->work.reset();
        }
    }

  private:
    std::shared_ptr<lookup> next() {
        const std::lock_guard lock{mutex_};
        while (!waiting_.empty()) {
            auto job = std::move(waiting_.front());
            waiting_.pop_front();
            if (pending_.count(job) != 0) return job;
        }
        --threads_;
        return nullptr;
    }

    void work() {
        while (const auto job = next()) {
            auto addresses = look_up(*job);
            const error_code ec =
                addresses.empty() ? make_error_code(client_errc::resolve_failed) : error_code{};
            complete(job, ec, std::move(addresses));
        }
    }

    std::mutex mutex_;
    std::deque<std::shared_ptr<lookup>> waiting_;
    std::unordered_set<std::shared_ptr<lookup>> pending_;
    std::size_t threads_ = 0;
};

class resolver_service final : public asio::execution_context::service {
  public:
    using key_type = resolver_service;
    static asio::execution_context::id id;

    explicit resolver_service(asio::execution_context& context)
        : asio::execution_context::service{context} {}

    std::shared_ptr<lookup_queue> queue = std::make_shared<lookup_queue>();

  private:
    void shutdown() override { queue->shutdown(); }
};

asio::execution_context::id resolver_service::id;

} // namespace

asio::awaitable<resolved_host> resolve(asio::any_io_executor ex,
                                       std::string host,
                                       std::uint16_t port) {
    error_code not_a_literal;
    const auto literal = asio::ip::make_address(host, not_a_literal);
    if (!not_a_literal) {
        resolved_host out;
        out.addresses.emplace_back(literal, port);
        co_return out;
    }
    auto& context = asio::query(ex, asio::execution::context);
    const auto queue = asio::use_service<resolver_service>(context).queue;
    auto job = std::make_shared<lookup>(ex, std::move(host), port);
    auto initiate = [queue, job](auto handler) {
        auto slot = asio::get_associated_cancellation_slot(handler);
        resolve_handler{std::move(handler)}.swap(job->handler); // assignment: see parked_handler
        if (slot.is_connected()) {
            slot.assign([queue, job](asio::cancellation_type) {
                queue->complete(job, asio::error::operation_aborted, {});
            });
        }
        queue->submit(queue, job);
    };
    auto result =
        co_await asio::async_initiate<decltype(as_result),
                                      void(error_code, std::vector<asio::ip::tcp::endpoint>)>(
            initiate, as_result);
    resolved_host out;
    out.ec = std::get<0>(result);
    out.addresses = std::move(std::get<1>(result));
    co_return out;
}

} // namespace redrive::net
