#include "cli/rows.hpp"

#include "cli/error_name.hpp"

namespace redrive::cli {
namespace {

std::optional<std::int64_t> known(std::uint64_t value) {
    if (value == 0) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

std::optional<double> seconds_since(row_writer::wall_time then, row_writer::wall_time now) {
    if (then == row_writer::wall_time{}) return std::nullopt;
    return std::chrono::duration<double>(now - then).count();
}

// What happened to a target that is not over, or why it cannot be used.
bool has_error(const target_outcome& done) {
    if (done.ec) return true;
    const bool is_over = done.is == outcome::stopped || done.is == outcome::already_finished ||
                         done.is == outcome::not_running;
    return !is_over && !(done.hint.empty() && done.info.message.empty());
}

void write_input(row_writer& row, const target_input& input) {
    row.begin("input", true);
    row.integer("index", static_cast<std::int64_t>(input.index));
    row.integer("line", known(input.line));
    row.text("text", input.text);
    row.end();
}

void write_error(row_writer& row, const target_outcome& done) {
    const auto& info = done.info;
    row.begin("error", has_error(done));
    row.text("code", cli::name_of(done.ec, info));
    row.text("type_code", info.type_code);
    row.text("message", info.message.empty() && done.ec ? done.ec.message() : info.message);
    row.integer("http_status", known(info.http_status));
    row.text("request_id", info.request_id);
    row.text("phase", info.phase == call_phase::none ? std::string_view{} : to_string(info.phase));
    row.text("hint", done.hint);
    row.end();
}

} // namespace

void write_row(row_writer& row, const found_task& found, row_writer::wall_time now) {
    const auto& task = found.task;
    const bool has_start = task.started != row_writer::wall_time{};
    row.text("schema", "redrive.task/1");
    row.text("account", found.account);
    row.text("region", found.region);
    row.text("queue", found.queue);
    row.text("source_arn", task.source_arn);
    row.text("destination_arn", task.destination_arn);
    row.text("task_handle", task.handle);
    row.text("status", task.status.text());
    row.integer("moved", task.moved);
    row.integer("to_move", task.to_move);
    row.integer("remaining", task.remaining());
    row.integer("max_rate", task.max_rate);
    row.time("started", has_start ? std::optional{task.started} : std::nullopt);
    row.number("age_s", seconds_since(task.started, now));
    row.text("failure_reason", task.failure_reason);
    row.text("request_id", found.request_id);
}

void write_row(row_writer& row, const target_outcome& done) {
    row.text("schema", "redrive.outcome/1");
    write_input(row, done.input);
    row.text("account", done.account);
    row.text("region", done.region);
    row.text("queue", done.queue);
    row.text("source_arn", done.source_arn);
    row.time("started", done.started);
    row.text("outcome", to_string(done.is));
    row.text("evidence", to_string(done.rests_on));
    row.text("status", done.status);
    row.integer("moved_at_list", done.moved_at_list);
    row.integer("moved_at_cancel", done.moved_at_cancel);
    row.integer("moved_at_stop", done.moved_at_stop);
    row.integer("drift", done.drift());
    row.integer("attempts", done.attempts);
    row.integer("resent", done.resent);
    row.list("request_ids", done.request_ids);
    row.time("ordered_at", done.ordered_at);
    row.time("accepted_at", done.accepted_at);
    row.time("confirmed_at", done.confirmed_at);
    write_error(row, done);
}

} // namespace redrive::cli
