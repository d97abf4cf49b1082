#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "sim/queue_directory.hpp"
#include "sim/random_source.hpp"
#include "sim/task_book.hpp"

namespace redrive::sim {

// One account in one region.
struct cell {
    cell(std::string account_id, std::string region_name, const pace& tempo, random_source& random)
        : account{std::move(account_id)}, region{std::move(region_name)}, queues{account, region},
          tasks{queues, tempo, random} {}
    cell(const cell&) = delete;
    cell& operator=(const cell&) = delete;

    std::string account, region;
    queue_directory queues;
    task_book tasks;
};

using account_set = std::set<std::string, std::less<>>;

// The whole state of the simulated service. It knows neither clock nor network.
class service {
  public:
    service(const pace& tempo, std::uint64_t seed) : pace_{tempo}, random_{seed} {}
    service(const service&) = delete;
    service& operator=(const service&) = delete;

    void add_account(std::string_view account) { accounts_.emplace(account); }
    [[nodiscard]] bool has_account(std::string_view account) const {
        return accounts_.contains(account);
    }
    [[nodiscard]] const account_set& accounts() const noexcept { return accounts_; }

    // Accounts of the organization that are closed: listed, but nobody can act in them.
    void add_suspended_account(std::string_view account) { suspended_accounts_.emplace(account); }
    [[nodiscard]] const account_set& suspended_accounts() const noexcept {
        return suspended_accounts_;
    }

    // Any region exists; an unused one is empty.
    [[nodiscard]] cell& at(std::string_view account, std::string_view region);
    [[nodiscard]] const auto& cells() const noexcept { return cells_; }

    [[nodiscard]] const pace& tempo() const noexcept { return pace_; }
    [[nodiscard]] random_source& random() noexcept { return random_; }

  private:
    pace pace_;
    random_source random_;
    account_set accounts_, suspended_accounts_;
    std::map<std::pair<std::string, std::string>, cell> cells_;
};

} // namespace redrive::sim
