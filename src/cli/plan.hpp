#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/row_writer.hpp"
#include "redrive/fleet_results.hpp"
#include "redrive/target.hpp"

namespace redrive::cli {

// What would be stopped, held until somebody has agreed.
class plan {
  public:
    static constexpr std::size_t most_tasks = 100'000;

    // False when it is full; the task was not taken then.
    [[nodiscard]] bool add(found_task found);
    void sort_worst_first();

    [[nodiscard]] const std::vector<found_task>& tasks() const noexcept { return tasks_; }
    [[nodiscard]] std::size_t accounts() const;
    [[nodiscard]] std::size_t regions() const; // account and region pairs

    // The first rows as a table, and the sentences that a person has to know.
    [[nodiscard]] std::string text(row_writer::wall_time now,
                                   std::optional<std::size_t> width,
                                   bool colors) const;
    // The sentences alone.
    [[nodiscard]] std::string summary() const;

  private:
    std::vector<found_task> tasks_;
};

} // namespace redrive::cli
