#include <fmt/format.h>
#include <unistd.h>

#include <set>
#include <string>
#include <vector>

#include "cli/check_rows.hpp"
#include "cli/evidence.hpp"
#include "cli/fleet_calls.hpp"
#include "cli/terminal.hpp"
#include "cli/usage_error.hpp"
#include "cli/verbs.hpp"
#include "flow/call_fault.hpp"

namespace redrive::cli {
namespace {

exit_code code_of(const finding& what) noexcept {
    if (what.is != finding::verdict::bad) return exit_code::ok;
    switch (flow::call_fault_of(what.ec, {})) {
    case flow::call_fault::denied: return exit_code::denied;
    case flow::call_fault::throttled:
    case flow::call_fault::unreachable: return exit_code::unavailable;
    case flow::call_fault::useless:
    case flow::call_fault::no_such_thing:
    case flow::call_fault::not_active:
    case flow::call_fault::junk:
    case flow::call_fault::rejected: break;
    }
    return exit_code::not_confirmed;
}

// Texts, or JSON objects, each as it comes; an array of them with -o json.
class check_output {
  public:
    explicit check_output(session& run) : run_{run} {
        if (run.format() == output_format::json) run.data().write("[");
    }
    void object(const std::string& json) {
        const bool in_array = run_.format() == output_format::json;
        if (in_array && std::exchange(has_some_, true)) run_.data().write(",");
        run_.data().write(in_array ? "\n" + json : json + "\n");
    }
    void text(const std::string& lines) { run_.data().write(lines); }
    void finish() {
        if (run_.format() == output_format::json) run_.data().write("\n]\n");
        run_.data().flush();
    }

  private:
    session& run_;
    bool has_some_ = false;
};

void write_settings(session& run, check_output& out, const examination& of) {
    if (run.shows_tables())
        return out.text(setting_list(of, wants_colors(run.given().output.color, STDOUT_FILENO)));
    for (const auto& each : of.settings)
        out.object(setting_row(of, each));
}

void write_findings(session& run, check_output& out, const examination& of) {
    if (run.shows_tables())
        return out.text(checklist(of, wants_colors(run.given().output.color, STDOUT_FILENO)));
    for (const auto& each : of.findings)
        out.object(check_row(of, each));
}

void refuse_formats(output_format format) {
    if (format == output_format::csv || format == output_format::name)
        throw usage_error{"doctor writes -o table, json or ndjson"};
}

// The settings of an identity are the same in every region.
void show_settings(session& run, const std::vector<examination>& all) {
    check_output out{run};
    std::set<std::string> shown;
    for (const auto& each : all)
        if (shown.insert(each.identity).second) write_settings(run, out, each);
    out.finish();
}

exit_code show_findings(session& run, const std::vector<examination>& all) {
    check_output out{run};
    auto code = exit_code::ok;
    std::size_t bad = 0;
    for (const auto& each : all) {
        write_findings(run, out, each);
        for (const auto& what : each.findings) {
            code = worse(code, code_of(what));
            bad += what.is == finding::verdict::bad;
            if (auto* file = run.recorder()) file->add(each, what);
        }
    }
    out.finish();
    if (!run.given().output.quiet)
        run.notices().say(
            bad == 0
                ? fmt::format("{} checked: nothing is in the way of a stop",
                              all.size() == 1 ? "1 account and region"
                                              : fmt::format("{} accounts and regions", all.size()))
                : fmt::format("{} in the way of a stop: see the lines marked bad",
                              bad == 1 ? "1 problem is" : fmt::format("{} problems are", bad)));
    return code;
}

} // namespace

boost::asio::awaitable<exit_code> run_doctor(session& run) {
    refuse_formats(run.format());
    diagnostics info;
    if (const auto bad = run.searched().check(info)) co_return run.fail(bad, info);
    const auto& how = run.given().doctor;
    auto options = examine_options{};
    options.probe_pipelining(how.probe_pipelining).settings_only(how.explain_config);
    boost::asio::cancellation_signal stop;
    run.on_interrupt([&stop] { stop.emit(boost::asio::cancellation_type::terminal); });
    error_code ec;
    const auto all = co_await examine(run.searched(), options, stop, ec);
    run.on_interrupt({});
    if (ec) co_return run.fail(ec, info);
    if (how.explain_config) {
        show_settings(run, all);
        co_return exit_code::ok;
    }
    const auto code = show_findings(run, all);
    if (auto* file = run.recorder(); file && !file->finish()) {
        run.notices().warn("--record: the file could not be written whole");
        co_return worse(code, exit_code::not_confirmed);
    }
    co_return run.signals().happened() ? exit_code::interrupted : code;
}

} // namespace redrive::cli
