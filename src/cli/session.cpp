#include "cli/session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <exception>
#include <utility>

#include "cli/error_name.hpp"
#include "cli/evidence.hpp"
#include "cli/fleet_setup.hpp"
#include "cli/mfa_question.hpp"
#include "cli/signing_printer.hpp"
#include "cli/terminal.hpp"
#include "cli/text_escape.hpp"
#include "cli/usage_error.hpp"

namespace redrive::cli {
session::session(options what)
    : given_{std::move(what)}, notices_{STDERR_FILENO,
                                        is_terminal(STDERR_FILENO),
                                        wants_colors(given_.output.color, STDERR_FILENO)},
      data_{STDOUT_FILENO, [this] { notices_.clear_status(); }}, signals_{context_.get_executor()},
      fleet_{context_.get_executor(), config_of_fleet()},
      progress_{context_.get_executor(),
                notices_,
                {.time = time_,
                 .now = [this] { return fleet_.progress(); },
                 .on_beat = [this] { beat(); },
                 .is_shown = !given_.output.quiet && !given_.output.no_progress}} {}

fleet_config session::config_of_fleet() {
    auto out = fleet_config_of(given_, time_);
    if (notices_.is_terminal()) out.ask_mfa = ask_on_terminal(context_.get_executor(), notices_);
    if (!given_.doctor.record.empty()) {
        evidence_ = std::make_shared<evidence>(given_.doctor.record, time_->wall_now());
        out.observer = evidence_;
    }
    if (given_.output.debug_sign) out.signing = std::make_shared<signing_printer>(notices_);
    return out;
}

exit_code session::run(boost::asio::awaitable<exit_code> (*verb_of)(session&)) {
    exit_code code = exit_code::not_confirmed;
    std::exception_ptr failure;
    boost::asio::co_spawn(
        context_, verb_of(*this), [&](std::exception_ptr error, exit_code ended_with) {
            failure = std::move(error);
            code = ended_with;
            progress_.stop();
            context_.stop(); // idle connections and signals are not waited for
        });
    context_.run();
    if (failure) std::rethrow_exception(failure);
    return code;
}

std::optional<exit_code> session::check() {
    diagnostics info;
    const auto ec = fleet_.check(info);
    for (const auto& each : fleet_.warnings())
        notices_.warn(escaped(each));
    if (ec) return fail(ec, info);
    const bool searches = !given_.what.names_targets();
    if (searches && fleet_.extent().second == 0)
        throw usage_error{"no region to search: add --region, set AWS_REGION, or give the profile "
                          "a region"};
    return std::nullopt;
}

exit_code session::fail(error_code ec, const diagnostics& info) {
    notices_.warn(sentence_of(ec, info));
    return code_of_failure(ec);
}

data_rows session::rows(row_kind kind) {
    return {kind,
            {.format = format(),
             .width = terminal_width(STDOUT_FILENO),
             .colors = wants_colors(given_.output.color, STDOUT_FILENO)},
            data_,
            *time_};
}

bool session::shows_tables() const noexcept {
    return format() == output_format::table || format() == output_format::wide;
}

told session::how_much() const noexcept {
    return given_.output.quiet ? told::problems : told::everything;
}

void session::on_interrupt(std::function<void()> action) {
    if (!action) return signals_.on_first({});
    signals_.on_first([this, action = std::move(action)] {
        notices_.say(fmt::format("interrupted: {}waiting for replies in flight, at most 2 s (a "
                                 "second time ends at once)",
                                 given_.verb == verb::cancel ? "no new cancels are sent; " : ""));
        action();
    });
}

exit_code session::finish(data_rows& rows, exit_code code) {
    progress_.stop();
    rows.finish();
    if (!data_.has_failed() || data_.reader_is_gone()) return code;
    notices_.warn(fmt::format("stdout: {}: not all rows were written", data_.failure().message()));
    return worse(code, exit_code::not_confirmed);
}

void session::beat() {
    data_.pump();
    if (data_.reader_is_gone() && reader_gone_) std::exchange(reader_gone_, {})();
}

output_format session::format() const noexcept {
    const bool on_terminal = is_terminal(STDOUT_FILENO);
    return given_.output.format.value_or(on_terminal ? output_format::table
                                                     : output_format::ndjson);
}

} // namespace redrive::cli
