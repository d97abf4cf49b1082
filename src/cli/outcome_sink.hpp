#pragma once

#include "cli/data_rows.hpp"
#include "cli/reason_groups.hpp"
#include "cli/session.hpp"

namespace redrive::cli {

// Where the outcomes of a run go as they come: rows on stdout, and what somebody has to look at.
class outcome_sink {
  public:
    explicit outcome_sink(session& run) : run_{run}, rows_{run.rows(row_kind::outcome)} {}
    outcome_sink(const outcome_sink&) = delete;
    outcome_sink& operator=(const outcome_sink&) = delete;

    // The run's options, with this as the observer.
    [[nodiscard]] stop_options options();
    // Ends the data, then tells the summary.
    [[nodiscard]] exit_code finish(const stop_report& report, exit_code code);

  private:
    void add(const target_outcome& done);

    session& run_;
    data_rows rows_;
    reason_groups unconfirmed_;
};

} // namespace redrive::cli
