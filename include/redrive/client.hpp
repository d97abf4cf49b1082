#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "redrive/call_options.hpp"
#include "redrive/config.hpp"
#include "redrive/endpoint_metrics.hpp"
#include "redrive/errors.hpp"
#include "redrive/results.hpp"
#include "redrive/task_handle.hpp"
#include "redrive/time_source.hpp"

namespace redrive {

namespace detail {
class client_core;

template <class Result>
struct client_handler {
    boost::asio::any_completion_handler<void(error_code, Result)> call;
    bool at_home; // its executor is the client's own
};
} // namespace detail

/// The next handle of a bulk; nothing: there are no more.
using handle_source = std::function<std::optional<task_handle>()>;

/// What became of the n-th handle of a bulk, counted from 0. The result is gone afterwards.
using cancel_sink =
    std::function<void(std::uint64_t n, error_code ec, const cancel_result& result)>;

/// SQS message-move tasks of one account and region.
///
/// Every operation
/// - completes when the service answered, when it failed for good after the retries that the rules
///   allow, when its deadline passed, or when it was cancelled; never inside the initiating call;
/// - takes any completion token of signature `void(error_code, Result)`; the handler runs on its
///   associated executor, else on the client's;
/// - honours the token's cancellation slot (terminal) in every state: waiting for credentials or a
///   connection, written, pausing. A request that was written may be applied all the same;
/// - copies its arguments;
/// - fails with client_errc (this client is the speaker), service_errc (SQS is), or
///   `boost::asio::error::operation_aborted`, which means that the caller cancelled. `info` of the
///   result has the texts, the request ids and the attempts, with and without an error.
///
/// Threads: not thread-safe; use it and emit cancellation from its executor, an implicit or
/// explicit strand. Destroying it completes calls in flight with client_errc::client_closed.
class client {
  public:
    /// No I/O, no threads: settings are read and connections opened by the first call.
    explicit client(boost::asio::any_io_executor ex, client_config config = {});
    explicit client(std::shared_ptr<detail::client_core> core);
    client(client&&) noexcept;
    client& operator=(client&&) noexcept;
    ~client();

    [[nodiscard]] boost::asio::any_io_executor get_executor() const;

    /// How far the service's clock is ahead of ours, by its last reply; zero before the first.
    [[nodiscard]] std::chrono::milliseconds clock_skew() const;

    /// The connections, by endpoint; nothing before the first call.
    [[nodiscard]] std::vector<endpoint_metrics> endpoints() const;

    /// Makes ready for calls to come: settings, credentials and connections, TLS sessions included.
    /// Signature `void(error_code, warm_result)`. Completes when so many connections are open;
    /// fails when one cannot be opened. Sends no request.
    template <class CompletionToken>
    auto async_warm(warm_options options, CompletionToken&& token) {
        return start(
            &client::initiate_warm, std::forward<CompletionToken>(token), std::move(options));
    }

    /// CancelMessageMoveTask: orders a task to stop. Safe to send twice, so it is sent again when
    /// an answer is lost. Errors of note: service_errc::task_not_active, resource_not_found.
    template <class CompletionToken>
    auto async_cancel(task_handle handle, cancel_options options, CompletionToken&& token) {
        return start(&client::initiate_cancel,
                     std::forward<CompletionToken>(token),
                     std::move(handle),
                     std::move(options));
    }

    /// async_cancel for a stream of handles, of which only so many are in memory as are in flight.
    /// `source` is asked for the next handle when there is room, `sink` is told of each in any
    /// order, each once and before the operation completes; both run on the client's executor, and
    /// neither from inside the initiating call. Signature `void(error_code, cancel_each_result)`;
    /// without an error every handle was tried, whatever became of it. When the operation is
    /// cancelled, or its deadline passes, those in flight end with that error, and `source` is not
    /// asked any more. An exception of `source` or `sink` leaves the executor's run function, and
    /// the others go on.
    template <class CompletionToken>
    auto async_cancel_each(handle_source source,
                           cancel_sink sink,
                           cancel_each_options options,
                           CompletionToken&& token) {
        return start(&client::initiate_cancel_each,
                     std::forward<CompletionToken>(token),
                     std::move(source),
                     std::move(sink),
                     std::move(options));
    }

    /// ListMessageMoveTasks: the newest tasks of a source queue (the dead-letter queue).
    template <class CompletionToken>
    auto async_list_tasks(std::string source_arn,
                          list_tasks_options options,
                          CompletionToken&& token) {
        return start(&client::initiate_list_tasks,
                     std::forward<CompletionToken>(token),
                     std::move(source_arn),
                     std::move(options));
    }

    /// StartMessageMoveTask: begins a redrive. Not safe to send twice: it is sent again only when
    /// it was throttled or not one byte of it had left; when its answer was lost it ends with
    /// client_errc::undecided, and the next step is to list.
    template <class CompletionToken>
    auto async_start(std::string source_arn, start_options options, CompletionToken&& token) {
        return start(&client::initiate_start,
                     std::forward<CompletionToken>(token),
                     std::move(source_arn),
                     std::move(options));
    }

    /// ListQueues: one page of queue URLs.
    template <class CompletionToken>
    auto async_list_queues(list_queues_options options, CompletionToken&& token) {
        return start(&client::initiate_list_queues,
                     std::forward<CompletionToken>(token),
                     std::move(options));
    }

    /// GetQueueUrl: the URL of a queue of this account by its name.
    template <class CompletionToken>
    auto async_queue_url(std::string queue_name, call_options options, CompletionToken&& token) {
        return start(&client::initiate_queue_url,
                     std::forward<CompletionToken>(token),
                     std::move(queue_name),
                     std::move(options));
    }

    /// GetQueueAttributes.
    template <class CompletionToken>
    auto async_queue_attributes(std::string queue_url,
                                queue_attributes_options options,
                                CompletionToken&& token) {
        return start(&client::initiate_queue_attributes,
                     std::forward<CompletionToken>(token),
                     std::move(queue_url),
                     std::move(options));
    }

    /// ListDeadLetterSourceQueues: one page of the queues whose dead-letter queue this is.
    template <class CompletionToken>
    auto async_list_sources(std::string queue_url,
                            list_queues_options options,
                            CompletionToken&& token) {
        return start(&client::initiate_list_sources,
                     std::forward<CompletionToken>(token),
                     std::move(queue_url),
                     std::move(options));
    }

  private:
    template <class Result>
    using handler_for = detail::client_handler<Result>;

    template <class Result, class... Params, class CompletionToken, class... Args>
    auto start(void (client::*initiate)(handler_for<Result>, Params...),
               CompletionToken&& token,
               Args&&... args) {
        return boost::asio::async_initiate<CompletionToken, void(error_code, Result)>(
            [initiate](auto handler, client* self, auto&&... values) {
                const auto ex = self->get_executor();
                const bool at_home = is_same(boost::asio::get_associated_executor(handler, ex), ex);
                (self->*initiate)(handler_for<Result>{std::move(handler), at_home},
                                  std::forward<decltype(values)>(values)...);
            },
            token,
            this,
            std::forward<Args>(args)...);
    }

    template <class Executor>
    static bool is_same(const Executor& its, const boost::asio::any_io_executor& ours) {
        if constexpr (std::is_convertible_v<Executor, boost::asio::any_io_executor>)
            return boost::asio::any_io_executor{its} == ours;
        else
            return false;
    }

    void initiate_warm(handler_for<warm_result> handler, const warm_options& how);
    void initiate_cancel(handler_for<cancel_result> handler,
                         const task_handle& what,
                         const cancel_options& how);
    void initiate_cancel_each(handler_for<cancel_each_result> handler,
                              handle_source source,
                              cancel_sink sink,
                              const cancel_each_options& how);
    void initiate_list_tasks(handler_for<list_tasks_result> handler,
                             const std::string& source_arn,
                             const list_tasks_options& how);
    void initiate_start(handler_for<start_result> handler,
                        const std::string& source_arn,
                        const start_options& how);
    void initiate_list_queues(handler_for<list_queues_result> handler,
                              const list_queues_options& how);
    void initiate_queue_url(handler_for<queue_url_result> handler,
                            const std::string& queue_name,
                            const call_options& how);
    void initiate_queue_attributes(handler_for<queue_attributes_result> handler,
                                   const std::string& queue_url,
                                   const queue_attributes_options& how);
    void initiate_list_sources(handler_for<list_queues_result> handler,
                               const std::string& queue_url,
                               const list_queues_options& how);

    std::shared_ptr<detail::client_core> core_;
};

} // namespace redrive
