#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <optional>

#include "cli/console.hpp"
#include "cli/data_rows.hpp"
#include "cli/data_stream.hpp"
#include "cli/exit_code.hpp"
#include "cli/interrupts.hpp"
#include "cli/options.hpp"
#include "cli/progress_display.hpp"
#include "cli/summary.hpp"
#include "redrive/fleet.hpp"

namespace redrive::cli {

class evidence;

// What every verb works with: the streams, the fleet, the signals and the progress of one run.
class session {
  public:
    explicit session(options what);

    // Runs one verb to its end. Throws usage_error.
    [[nodiscard]] exit_code run(boost::asio::awaitable<exit_code> (*verb_of)(session&));

    [[nodiscard]] boost::asio::any_io_executor executor() { return context_.get_executor(); }
    [[nodiscard]] const options& given() const noexcept { return given_; }
    [[nodiscard]] const time_source& time() const noexcept { return *time_; }
    [[nodiscard]] fleet& searched() noexcept { return fleet_; }
    [[nodiscard]] console& notices() noexcept { return notices_; }
    [[nodiscard]] data_stream& data() noexcept { return data_; }
    [[nodiscard]] interrupts& signals() noexcept { return signals_; }
    [[nodiscard]] progress_display& progress() noexcept { return progress_; }

    // A configuration that cannot work is told, and how to end for it; a search without a region
    // throws usage_error.
    [[nodiscard]] std::optional<exit_code> check();
    // An operation that could not begin is told, and how to end for it.
    [[nodiscard]] exit_code fail(error_code ec, const diagnostics& info);

    // What --record wants; null without it.
    [[nodiscard]] evidence* recorder() noexcept { return evidence_.get(); }

    [[nodiscard]] data_rows rows(row_kind kind);
    [[nodiscard]] output_format format() const noexcept;
    [[nodiscard]] bool shows_tables() const noexcept;
    [[nodiscard]] told how_much() const noexcept;
    // The first signal says what it does, then does it.
    void on_interrupt(std::function<void()> action);
    // Called once, when nobody reads stdout any more.
    void on_reader_gone(std::function<void()> action) { reader_gone_ = std::move(action); }
    // Ends the data; a disk that is full makes `code` worse.
    [[nodiscard]] exit_code finish(data_rows& rows, exit_code code);

  private:
    [[nodiscard]] fleet_config config_of_fleet();
    void beat();

    options given_;
    boost::asio::io_context context_{1};
    std::shared_ptr<time_source> time_ = real_time_source();
    console notices_;
    data_stream data_;
    interrupts signals_;
    std::shared_ptr<evidence> evidence_;
    fleet fleet_;
    std::function<void()> reader_gone_;
    progress_display progress_; // its beat uses all of the above
};

} // namespace redrive::cli
