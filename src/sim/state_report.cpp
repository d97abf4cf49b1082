#include "sim/state_report.hpp"

#include <array>
#include <optional>

#include "wire/instant.hpp"
#include "wire/json_writer.hpp"

namespace redrive::sim {
namespace {

struct task_totals {
    std::array<std::int64_t, 5> in_phase{}; // by task_phase
    std::int64_t moved = 0, moved_after_order = 0;

    void add(const moving_task& task, wall_time now) {
        ++in_phase[static_cast<std::size_t>(task.phase(now))];
        moved += task.moved(now);
        moved_after_order += task.moved_after_order(now);
    }
};

void write_field(wire::json_writer& out, std::string_view name, std::string_view value) {
    out.key(name);
    out.text(value);
}

void write_count(wire::json_writer& out, std::string_view name, std::uint64_t value) {
    out.key(name);
    out.integer(static_cast<std::int64_t>(value));
}

void write_time(wire::json_writer& out, std::string_view name, std::optional<wall_time> at) {
    out.key(name);
    if (at)
        out.text(wire::to_rfc3339(*at));
    else
        out.null();
}

void write_state_of(wire::json_writer& out, const moving_task& task, wall_time now) {
    const auto& terms = task.terms();
    out.begin_object();
    write_field(out, "account", terms.source.account);
    write_field(out, "region", terms.source.region);
    write_field(out, "queue", terms.source.name);
    write_field(out, "task_handle", task.handle());
    write_field(out, "status", to_string(task.phase(now)));
    out.key("to_move");
    out.integer(terms.to_move);
    out.key("moved");
    out.integer(task.moved(now));
    out.key("moved_after_order");
    out.integer(task.moved_after_order(now));
    write_time(out, "started", terms.started);
    write_time(out, "ordered_at", task.ordered_at());
    write_time(out, "ended_at", task.ended_at(now));
    out.end_object();
}

task_totals write_tasks(wire::json_writer& out, const service& state, wall_time now) {
    task_totals totals;
    out.key("tasks");
    out.begin_array();
    for (const auto& [key, cell] : state.cells()) {
        for (const auto& task : cell.tasks.all()) {
            write_state_of(out, *task, now);
            totals.add(*task, now);
        }
    }
    out.end_array();
    return totals;
}

void write_totals(wire::json_writer& out, const task_totals& totals) {
    constexpr std::string_view names[] = {
        "running", "cancelling", "cancelled", "completed", "failed"};
    out.key("totals");
    out.begin_object();
    for (std::size_t i = 0; i < totals.in_phase.size(); ++i) {
        out.key(names[i]);
        out.integer(totals.in_phase[i]);
    }
    out.key("moved");
    out.integer(totals.moved);
    out.key("moved_after_order");
    out.integer(totals.moved_after_order);
    out.end_object();
}

void write_calls(wire::json_writer& out, const call_ledger& ledger) {
    out.key("calls");
    out.begin_array();
    for (const auto& [key, call] : ledger.calls()) {
        out.begin_object();
        write_field(out, "operation", call.operation);
        write_field(out, "account", call.account);
        write_field(out, "region", call.region);
        write_field(out, "result", call.result);
        write_count(out, "count", call.count);
        out.end_object();
    }
    out.end_array();
    write_count(out, "throttled", ledger.throttled());
}

void write_connections(wire::json_writer& out, const call_ledger::connection_counts& counts) {
    out.key("connections");
    out.begin_object();
    write_count(out, "opened", counts.opened);
    write_count(out, "open", counts.open);
    write_count(out, "handshakes", counts.handshakes);
    write_count(out, "resumed", counts.resumed);
    write_count(out, "deepest_pipeline", counts.deepest_pipeline);
    out.end_object();
}

} // namespace

std::string state_report(const simulation& subject, wall_time now) {
    std::string text;
    wire::json_writer out{text};
    out.begin_object();
    write_totals(out, write_tasks(out, subject.state(), now));
    write_calls(out, subject.ledger);
    write_connections(out, subject.ledger.connections);
    out.key("forbidden");
    out.begin_array();
    for (const auto& operation : subject.ledger.forbidden())
        out.text(operation);
    out.end_array();
    out.end_object();
    return text;
}

} // namespace redrive::sim
