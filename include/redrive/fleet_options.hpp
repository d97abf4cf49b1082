#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "redrive/config.hpp"
#include "redrive/credentials.hpp"
#include "redrive/errors.hpp"
#include "redrive/fleet_results.hpp"
#include "redrive/mfa_prompt.hpp"
#include "redrive/target.hpp"

namespace redrive {

/// An account given in code, beside or instead of profiles.
struct fleet_account {
    std::string name{}; ///< what messages call it
    credentials keys{};
    std::string account{};      ///< 12 digits; empty: unknown, serves every target
    std::string region{};       ///< its default region
    std::string endpoint_url{}; ///< empty: the regions' endpoints
    std::string ca_bundle{};
};

/// An account that is entered by assuming a role in it.
struct fleet_role {
    std::string account{};      ///< 12 digits
    std::string role{};         ///< its name, or its ARN: `{account}` stands for the account
    std::string external_id{};  ///< empty: none
    std::string session_name{}; ///< as CloudTrail shows it; empty: `redrive-` and the time
    std::vector<std::string> regions{}; ///< empty: the fleet's
};

/// Settings of a fleet; a plain description, nothing is read before the first operation.
struct fleet_config {
    std::vector<fleet_account> accounts{};
    std::vector<std::string> profiles{}; ///< names and globs (`prod-*`) of the shared config files;
                                         ///< empty and no accounts: as every AWS tool, one identity
    /// Accounts that are entered by roles, beside `accounts`. The one identity that `profiles` or,
    /// without any, every AWS tool finds assumes them; it is not searched itself.
    std::vector<fleet_role> roles{};
    /// Those roles may find and stop redrives and nothing else, whatever they are allowed: a
    /// session policy goes with each AssumeRole.
    bool narrow_roles = false;
    std::vector<std::string> regions{}; ///< empty: each identity's own; `all`: its partition's
    std::string endpoint_url{};         ///< of SQS, for every region
    std::string ca_bundle{};
    transport_options transport{}; ///< max_connections: per account and region
    mfa_prompt ask_mfa{}; ///< for profiles with `mfa_serial`; empty: their credentials fail
    std::optional<double>
        rate{}; ///< calls/s per account, region, operation; 0: no limit; empty: learnt
    std::shared_ptr<time_source> time{};                  ///< null: the machine's clocks
    std::shared_ptr<call_observer> observer{};            ///< of every call; null: none
    std::shared_ptr<signing_observer> signing{};          ///< of what is signed; null: none
    std::shared_ptr<testing::scripted_service> service{}; ///< for tests; null: over the network
};

/// What to look for.
class find_options {
  public:
    // Not `= default`: GCC 12 destroys aggregates in co_await expressions twice.
    find_options() {} // NOLINT(modernize-use-equals-default)

    /// Only queues whose name matches one of these globs (`*`, `?`); none: every queue.
    find_options& match(std::vector<std::string> globs);
    find_options& exclude(std::vector<std::string> globs);
    /// Only tasks with at least that many messages left; those of unknown size stay in.
    find_options& min_remaining(std::int64_t messages);
    /// Only tasks that started at least so long ago.
    find_options& older_than(std::chrono::milliseconds age);
    /// Finished tasks too, up to 10 per queue.
    find_options& history(bool wanted);
    /// Reads these instead of discovering queues.
    find_options& only(std::vector<target> targets);
    find_options& deadline(std::chrono::steady_clock::duration from_now);
    /// Called with each task as it is found, on the fleet's executor.
    find_options& on_task(std::function<void(const found_task&)> observer);

    [[nodiscard]] const std::vector<std::string>& match() const noexcept { return match_; }
    [[nodiscard]] const std::vector<std::string>& exclude() const noexcept { return exclude_; }
    [[nodiscard]] std::int64_t min_remaining() const noexcept { return min_remaining_; }
    [[nodiscard]] std::chrono::milliseconds older_than() const noexcept { return older_than_; }
    [[nodiscard]] bool history() const noexcept { return history_; }
    [[nodiscard]] const std::optional<std::vector<target>>& only() const noexcept { return only_; }
    [[nodiscard]] const std::optional<std::chrono::steady_clock::duration>& deadline()
        const noexcept {
        return deadline_;
    }
    [[nodiscard]] const std::function<void(const found_task&)>& on_task() const noexcept {
        return on_task_;
    }

  private:
    std::vector<std::string> match_, exclude_;
    std::int64_t min_remaining_ = 0;
    std::chrono::milliseconds older_than_{0};
    bool history_ = false;
    std::optional<std::vector<target>> only_;
    std::optional<std::chrono::steady_clock::duration> deadline_;
    std::function<void(const found_task&)> on_task_;
};

/// How to stop.
class stop_options {
  public:
    enum class proof : std::uint8_t {
        verify,      ///< order, then read until the stop is proven (default)
        order_only,  ///< order; an accepted order is the end of it
        verify_only, ///< never order: read until each task is terminal
    };

    stop_options() {} // NOLINT(modernize-use-equals-default): as find_options

    stop_options& proven_by(proof how);
    /// The whole run. Default: unbounded; a target whose endpoint is silent for 60 s ends
    /// `unreachable`, one that is throttled for 5 minutes `throttled`.
    stop_options& deadline(std::chrono::steady_clock::duration from_now);
    /// Proof of one task, counted from its order. Default: 60 s.
    stop_options& verify_timeout(std::chrono::steady_clock::duration from_order);
    /// Tasks at the most; what comes later is `skipped`. Default: no ceiling.
    stop_options& max_tasks(std::uint64_t count);
    /// Outcomes in input order; default: as they come.
    stop_options& ordered(bool wanted);
    /// Called once for each target, on the fleet's executor.
    stop_options& on_outcome(std::function<void(const target_outcome&)> observer);

    [[nodiscard]] proof proven_by() const noexcept { return proof_; }
    [[nodiscard]] const std::optional<std::chrono::steady_clock::duration>& deadline()
        const noexcept {
        return deadline_;
    }
    [[nodiscard]] std::chrono::steady_clock::duration verify_timeout() const noexcept {
        return verify_timeout_;
    }
    [[nodiscard]] std::optional<std::uint64_t> max_tasks() const noexcept { return max_tasks_; }
    [[nodiscard]] bool ordered() const noexcept { return ordered_; }
    [[nodiscard]] const std::function<void(const target_outcome&)>& on_outcome() const noexcept {
        return on_outcome_;
    }

  private:
    proof proof_ = proof::verify;
    std::optional<std::chrono::steady_clock::duration> deadline_;
    std::chrono::steady_clock::duration verify_timeout_ = std::chrono::seconds{60};
    std::optional<std::uint64_t> max_tasks_;
    bool ordered_ = false;
    std::function<void(const target_outcome&)> on_outcome_;
};

} // namespace redrive
