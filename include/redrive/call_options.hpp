#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace redrive {

/// What every operation's options have in common. Setters return the options, to be chained.
template <class Derived>
class basic_call_options {
  public:
    // Not `= default`: GCC 12 destroys aggregates in co_await expressions twice.
    basic_call_options() {} // NOLINT(modernize-use-equals-default)

    /// The time that the whole call may take, from its start: name resolution, waiting for a
    /// connection, TLS, credentials, all attempts and the pauses between them. Default: unbounded.
    Derived& deadline(std::chrono::steady_clock::duration from_now) {
        deadline_ = from_now;
        return static_cast<Derived&>(*this);
    }
    /// Requests at the most, the first included; 0 (default): as configured (3).
    Derived& max_attempts(std::uint32_t count) {
        max_attempts_ = count;
        return static_cast<Derived&>(*this);
    }

    [[nodiscard]] std::optional<std::chrono::steady_clock::duration> deadline() const noexcept {
        return deadline_;
    }
    [[nodiscard]] std::uint32_t max_attempts() const noexcept { return max_attempts_; }

  private:
    std::optional<std::chrono::steady_clock::duration> deadline_;
    std::uint32_t max_attempts_ = 0;
};

/// For operations with no options of their own.
class call_options : public basic_call_options<call_options> {};

class cancel_options : public basic_call_options<cancel_options> {};

/// The deadline is that of the whole bulk, the attempts are those of each cancel.
class cancel_each_options : public basic_call_options<cancel_each_options> {
  public:
    /// Cancels in flight or waiting for a connection; 0 counts as 1. Default: 64.
    cancel_each_options& in_flight(std::size_t count) {
        in_flight_ = count == 0 ? 1 : count;
        return *this;
    }
    [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_; }

  private:
    std::size_t in_flight_ = 64;
};

/// What is made ready before it is needed.
class warm_options : public basic_call_options<warm_options> {
  public:
    /// Open connections, at most as many as the transport may have. Default: 1.
    warm_options& connections(std::size_t count) {
        connections_ = count;
        return *this;
    }
    /// How long connections that end are replaced by new ones. Default: not at all.
    warm_options& keep_for(std::chrono::steady_clock::duration from_now) {
        keep_for_ = from_now;
        return *this;
    }
    [[nodiscard]] std::size_t connections() const noexcept { return connections_; }
    [[nodiscard]] std::chrono::steady_clock::duration keep_for() const noexcept {
        return keep_for_;
    }

  private:
    std::size_t connections_ = 1;
    std::chrono::steady_clock::duration keep_for_{};
};

class list_tasks_options : public basic_call_options<list_tasks_options> {
  public:
    /// Entries at the most, 1 to 10, newest first. Default: 10, all that the service shows.
    list_tasks_options& max_results(std::int32_t count) {
        max_results_ = count;
        return *this;
    }
    [[nodiscard]] std::int32_t max_results() const noexcept { return max_results_; }

  private:
    std::int32_t max_results_ = 10;
};

class start_options : public basic_call_options<start_options> {
  public:
    /// The ARN to move messages to. Default: the queues that they came from.
    start_options& destination(std::string arn) {
        destination_ = std::move(arn);
        return *this;
    }
    /// Messages per second, 1 to 500. Default: chosen by the service.
    start_options& max_rate(std::int32_t per_second) {
        max_rate_ = per_second;
        return *this;
    }
    [[nodiscard]] const std::string& destination() const noexcept { return destination_; }
    [[nodiscard]] std::optional<std::int32_t> max_rate() const noexcept { return max_rate_; }

  private:
    std::string destination_;
    std::optional<std::int32_t> max_rate_;
};

class list_queues_options : public basic_call_options<list_queues_options> {
  public:
    list_queues_options& name_prefix(std::string prefix) {
        name_prefix_ = std::move(prefix);
        return *this;
    }
    /// From the previous page; empty (default): the first page.
    list_queues_options& next_token(std::string token) {
        next_token_ = std::move(token);
        return *this;
    }
    /// Queues of a page at the most, 1 to 1000 (default).
    list_queues_options& max_results(std::int32_t count) {
        max_results_ = count;
        return *this;
    }
    [[nodiscard]] const std::string& name_prefix() const noexcept { return name_prefix_; }
    [[nodiscard]] const std::string& next_token() const noexcept { return next_token_; }
    [[nodiscard]] std::int32_t max_results() const noexcept { return max_results_; }

  private:
    std::string name_prefix_;
    std::string next_token_;
    std::int32_t max_results_ = 1000;
};

class queue_attributes_options : public basic_call_options<queue_attributes_options> {
  public:
    /// Attribute names, such as `QueueArn`, `RedrivePolicy`. Default: `All`.
    queue_attributes_options& names(std::vector<std::string> attribute_names) {
        names_ = std::move(attribute_names);
        return *this;
    }
    [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }

  private:
    std::vector<std::string> names_{"All"};
};

} // namespace redrive
