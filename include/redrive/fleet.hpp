#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "redrive/endpoint_metrics.hpp"
#include "redrive/errors.hpp"
#include "redrive/examination.hpp"
#include "redrive/fleet_options.hpp"
#include "redrive/fleet_results.hpp"
#include "redrive/target.hpp"

namespace redrive {

namespace detail {
class fleet_core;
class stop_run_core;
} // namespace detail

/// A stop of many targets that arrive one by one. Made by fleet::start_stop.
///
/// Threads: as the fleet. Destroying it interrupts what is under way without waiting.
class stop_run {
  public:
    explicit stop_run(std::shared_ptr<detail::stop_run_core> core);
    stop_run(stop_run&&) noexcept;
    stop_run& operator=(stop_run&&) noexcept;
    ~stop_run();

    /// Adds a target. Signature `void(error_code)`. Completes when there is room for the next one:
    /// at most some thousands are under way. operation_aborted when cancelled, or interrupted: the
    /// target was not taken then.
    template <class CompletionToken>
    auto async_push(target what, CompletionToken&& token) {
        return boost::asio::async_initiate<CompletionToken, void(error_code)>(
            [](auto handler, stop_run* self, target&& t) {
                self->initiate_push(std::move(handler), std::move(t));
            },
            token,
            this,
            std::move(what));
    }

    /// Takes a target at once when there is room: then true, and `what` is moved from. Else false,
    /// and async_push waits for room.
    [[nodiscard]] bool try_push(target& what);

    /// No more targets will come. Signature `void(error_code, stop_report)`. Completes when each
    /// target has its outcome.
    template <class CompletionToken>
    auto async_finish(CompletionToken&& token) {
        return boost::asio::async_initiate<CompletionToken, void(error_code, stop_report)>(
            [](auto handler, stop_run* self) { self->initiate_finish(std::move(handler)); },
            token,
            this);
    }

    /// Sends no new orders, waits at most 2 s for the replies in flight, then gives every target
    /// that is not decided its outcome.
    void interrupt();

  private:
    void initiate_push(boost::asio::any_completion_handler<void(error_code)> handler, target what);
    void initiate_finish(
        boost::asio::any_completion_handler<void(error_code, stop_report)> handler);

    std::shared_ptr<detail::stop_run_core> core_;
};

/// Many accounts and regions: finds running redrives, stops them worst first, and proves it.
///
/// Configuration errors (an unknown profile, an unreadable CA file) end an operation with their
/// client_errc; what fails for single accounts, regions or targets is in the reports, and the
/// operation succeeds. Cancelling an operation through its token's slot (terminal) interrupts it as
/// stop_run::interrupt does; it then completes without error, with `interrupted` in the report.
///
/// Threads: not thread-safe; use it from its executor, an implicit or explicit strand. Destroying
/// it with operations under way completes them.
class fleet {
  public:
    /// No I/O, no threads.
    explicit fleet(boost::asio::any_io_executor ex, fleet_config config = {});
    fleet(fleet&&) noexcept;
    fleet& operator=(fleet&&) noexcept;
    ~fleet();

    [[nodiscard]] boost::asio::any_io_executor get_executor() const;

    /// Finds tasks. Signature `void(error_code, find_report)`; tasks go to the options' observer.
    template <class CompletionToken>
    auto async_find(find_options options, CompletionToken&& token) {
        return start(&fleet::initiate_find, token, std::move(options));
    }

    /// Stops these targets. Signature `void(error_code, std::vector<target_outcome>)`: one outcome
    /// per target, in input order.
    template <class CompletionToken>
    auto async_cancel_all(std::vector<target> targets,
                          stop_options options,
                          CompletionToken&& token) {
        return start(&fleet::initiate_cancel_all, token, std::move(targets), std::move(options));
    }

    /// Looks at what every call would need: settings, credentials, name resolution, TLS, clock and
    /// the permissions to list, for each identity in each region. Changes nothing. Signature
    /// `void(error_code, std::vector<examination>)`.
    template <class CompletionToken>
    auto async_examine(examine_options options, CompletionToken&& token) {
        return start(&fleet::initiate_examine, token, std::move(options));
    }

    /// Finds and stops: orders go out while the search goes on. Signature
    /// `void(error_code, stop_report)`.
    template <class CompletionToken>
    auto async_stop_found(find_options what, stop_options how, CompletionToken&& token) {
        return start(&fleet::initiate_stop_found, token, std::move(what), std::move(how));
    }

    /// Begins a stop whose targets are pushed one by one.
    [[nodiscard]] stop_run start_stop(stop_options options);

    /// A configuration problem, if there is one; reads the configuration when it was not read yet.
    /// The texts are for a person.
    [[nodiscard]] error_code check(diagnostics& info);
    /// How many identities and account-region pairs are covered; valid after check().
    [[nodiscard]] std::pair<std::size_t, std::size_t> extent() const;

    /// The region of targets that name none: the only one that is configured; empty when there are
    /// several or none. Valid after check().
    [[nodiscard]] std::string default_region() const;

    /// What is wrong in variables and files but could be ignored, and why; for a person. Valid
    /// after check().
    [[nodiscard]] std::vector<std::string> warnings() const;

    [[nodiscard]] fleet_progress progress() const;
    /// The connections, by endpoint.
    [[nodiscard]] std::vector<endpoint_metrics> endpoints() const;

  private:
    template <class Result>
    using handler_for = boost::asio::any_completion_handler<void(error_code, Result)>;

    template <class Result, class... Params, class CompletionToken, class... Args>
    auto start(void (fleet::*initiate)(handler_for<Result>, Params...),
               CompletionToken& token,
               Args&&... args) {
        return boost::asio::async_initiate<CompletionToken, void(error_code, Result)>(
            [initiate](auto handler, fleet* self, auto&&... values) {
                (self->*initiate)(std::move(handler), std::forward<decltype(values)>(values)...);
            },
            token,
            this,
            std::forward<Args>(args)...);
    }

    void initiate_find(handler_for<find_report> handler, find_options options);
    void initiate_examine(handler_for<std::vector<examination>> handler, examine_options options);
    void initiate_cancel_all(handler_for<std::vector<target_outcome>> handler,
                             std::vector<target> targets,
                             stop_options options);
    void initiate_stop_found(handler_for<stop_report> handler, find_options what, stop_options how);

    std::shared_ptr<detail::fleet_core> core_;
};

} // namespace redrive
