#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <functional>
#include <limits>
#include <utility>

#include "cli/help.hpp"
#include "cli/nearest.hpp"
#include "cli/option_values.hpp"
#include "cli/text_escape.hpp"
#include "cli/usage_error.hpp"

namespace redrive::cli {
namespace {

using texts = std::vector<std::string>;

constexpr std::array<std::pair<std::string_view, verb>, 3> verbs{
    {{"list", verb::list}, {"cancel", verb::cancel}, {"verify", verb::verify}}};

// Adds options to one verb. A value that is given again replaces the first, so that an alias can be
// overridden.
class option_set {
  public:
    option_set(CLI::App& app, std::string group) : app_{app}, group_{std::move(group)} {}

    void value(const char* name,
               const char* type,
               const char* about,
               std::function<void(const std::string&)> read) {
        app_.add_option_function<std::string>(name, std::move(read), about)
            ->type_name(type)
            ->group(group_)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    }
    void values(const char* name,
                const char* type,
                const char* about,
                std::function<void(const texts&)> read) {
        app_.add_option_function<texts>(name, std::move(read), about)
            ->type_name(type)
            ->group(group_)
            ->allow_extra_args(false);
    }
    void flag(const char* name, const char* about, bool& is) {
        app_.add_flag_callback(
                name, [&is] { is = true; }, about)
            ->group(group_);
    }

  private:
    CLI::App& app_;
    std::string group_;
};

void add_targets(CLI::App& app, what_options& what) {
    app.add_option_function<texts>(
           "TARGET", [&](const texts& given) { what.targets = given; }, std::string{help::targets})
        ->type_name("");
    option_set set{app, "Targets"};
    set.values("--from",
               "FILE",
               "read targets from a file, one a line; repeatable",
               [&](const texts& files) { what.from = files; });
    set.value("--as", "handle", "take every target for a task handle", [&](const std::string& as) {
        require_handle(as);
        what.everything_is_a_handle = true;
    });
}

void add_search(CLI::App& app, what_options& what) {
    option_set set{app, "Search"};
    set.flag("--all", "search the queues of the chosen accounts and regions", what.all);
    set.values("--match",
               "GLOB",
               "only queues of such a name (*, ?); repeatable",
               [&](const texts& globs) { what.match = globs; });
    set.values("--exclude", "GLOB", "no queue of such a name; repeatable", [&](const texts& globs) {
        what.exclude = globs;
    });
    set.value("--min-remaining",
              "N",
              "only tasks with at least N messages left",
              [&](const std::string& n) {
                  what.min_remaining = read_integer(
                      "--min-remaining", n, 0, std::numeric_limits<std::int64_t>::max());
              });
    set.value("--older-than",
              "DURATION",
              "only tasks that started at least so long ago",
              [&](const std::string& d) { what.older_than = read_duration("--older-than", d); });
}

void add_where(CLI::App& app, where_options& where) {
    option_set set{app, "Where"};
    set.values("--region",
               "R",
               "regions, comma lists, or all; repeatable",
               [&](const texts& lists) { where.regions = read_regions(lists); });
    set.values("--profile",
               "P",
               "profiles of the AWS config files, globs too; repeatable",
               [&](const texts& names) { where.profiles = names; });
    set.value("--endpoint-url",
              "URL",
              "send SQS calls of every region here",
              [&](const std::string& url) { where.endpoint_url = read_endpoint(url); });
    set.value("--ca-bundle",
              "FILE",
              "trust the certificates of this PEM file only",
              [&](const std::string& file) { where.ca_bundle = file; });
}

void add_how(CLI::App& app, how_options& how) {
    option_set set{app, "How"};
    set.value("--deadline",
              "DURATION",
              "end the whole run after this time",
              [&](const std::string& d) { how.deadline = read_duration("--deadline", d); });
    set.value("--concurrency",
              "N",
              "connections per account and region (default: learnt, up to 4)",
              [&](const std::string& n) {
                  how.concurrency =
                      static_cast<std::size_t>(read_integer("--concurrency", n, 1, 256));
              });
    set.value(
        "--pipelining",
        "off|auto|N",
        "requests in flight per connection (default: auto)",
        [&](const std::string& p) { std::tie(how.pipelining, how.depth) = read_pipelining(p); });
    set.value("--rate",
              "N",
              "calls/s per account, region and operation; 0: no limit",
              [&](const std::string& n) { how.rate = read_rate(n); });
}

void add_stop(CLI::App& app, how_options& how) {
    option_set set{app, "How"};
    set.flag("--yes,-y", "do not ask; stop while the search goes on", how.yes);
    set.flag("--dry-run", "print what would be stopped, and stop nothing", how.dry_run);
    set.value("--max-tasks", "N", "stop no more than N tasks", [&](const std::string& n) {
        how.max_tasks = static_cast<std::uint64_t>(
            read_integer("--max-tasks", n, 0, std::numeric_limits<std::int64_t>::max()));
    });
    set.flag("--no-verify", "an accepted order is enough: do not prove the stop", how.no_verify);
    set.value("--journal", "none", "journals are not in this version", require_no_journal);
}

void add_verify_timeout(CLI::App& app, how_options& how) {
    option_set{app, "How"}.value(
        "--verify-timeout",
        "DURATION",
        "time for the proof of one task (default: 60s)",
        [&](const std::string& d) { how.verify_timeout = read_duration("--verify-timeout", d); });
}

void add_output(CLI::App& app, output_options& output) {
    option_set set{app, "Output"};
    set.value("-o,--output",
              "FORMAT",
              "table, wide, json, ndjson, csv or name (default: table on a terminal, else ndjson)",
              [&](const std::string& format) { output.format = read_format(format); });
    set.value("--color", "WHEN", "auto, always or never", [&](const std::string& when) {
        output.color = read_color(when);
    });
    set.flag("-q,--quiet", "no progress and no summary of what went well", output.quiet);
    set.flag("--no-progress", "no progress line", output.no_progress);
}

void add_ordered(CLI::App& app, output_options& output) {
    option_set{app, "Output"}.flag("--ordered", "outcomes in input order", output.ordered);
}

CLI::App& add_verb(CLI::App& app, const char* name, const char* about, std::string_view footer) {
    auto& sub = *app.add_subcommand(name, about);
    sub.footer(std::string{footer});
    sub.allow_extras(); // unknown options are answered with a suggestion, by us
    return sub;
}

void define_list(CLI::App& app, options& to) {
    auto& sub = add_verb(app, "list", "finds running redrives", help::list_footer);
    add_targets(sub, to.what);
    add_search(sub, to.what);
    option_set set{sub, "Search"};
    set.flag("--history", "finished tasks too, up to 10 per queue", to.what.history);
    add_where(sub, to.where);
    add_how(sub, to.how);
    add_output(sub, to.output);
    option_set{sub, "Output"}.flag(
        "--exit-code", "exit 0 when tasks were found, 1 when none", to.output.exit_code);
}

void define_cancel(CLI::App& app, options& to) {
    auto& sub = add_verb(app, "cancel", "stops redrives and proves it", help::cancel_footer);
    add_targets(sub, to.what);
    add_search(sub, to.what);
    add_where(sub, to.where);
    add_stop(sub, to.how);
    add_verify_timeout(sub, to.how);
    add_how(sub, to.how);
    add_output(sub, to.output);
    add_ordered(sub, to.output);
}

void define_verify(CLI::App& app, options& to) {
    auto& sub =
        add_verb(app, "verify", "reads given tasks until they are over", help::verify_footer);
    add_targets(sub, to.what);
    add_where(sub, to.where);
    add_verify_timeout(sub, to.how);
    add_how(sub, to.how);
    add_output(sub, to.output);
    add_ordered(sub, to.output);
}

texts option_names(const CLI::App& app) {
    texts names;
    for (const auto* option : app.get_options()) {
        for (const auto& name : option->get_lnames())
            names.push_back("--" + name);
        for (const auto& name : option->get_snames())
            names.push_back("-" + name);
    }
    return names;
}

[[noreturn]] void refuse_extra(const CLI::App& app, const std::string& extra) {
    const auto name = extra.substr(0, extra.find('='));
    const auto meant = nearest(name, option_names(app));
    const auto next = meant.empty() ? fmt::format("see `redrive help {}`", app.get_name())
                                    : fmt::format("did you mean {}?", meant);
    throw usage_error{fmt::format("unknown option {}: {}", escaped(name), next)};
}

texts verb_names(const CLI::App& app) {
    texts names;
    for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(sub->get_name());
    return names;
}

// What stands where the verb should stand.
[[noreturn]] void refuse_verb(const CLI::App& app, const std::string& word) {
    if (word.starts_with('-')) refuse_extra(app, word);
    const auto meant = nearest(word, verb_names(app));
    const auto next = meant.empty() ? std::string{"see `redrive --help`"}
                                    : fmt::format("did you mean {}?", meant);
    throw usage_error{fmt::format("unknown verb '{}': {}", escaped(word), next)};
}

void check_combination(const options& given) {
    const auto& what = given.what;
    const bool searches = given.verb == verb::list && !what.names_targets();
    if (what.all && what.names_targets())
        throw usage_error{"both --all and targets were given: choose one"};
    if (what.filters() && !what.all && !searches)
        throw usage_error{"--match, --exclude, --min-remaining and --older-than narrow --all: "
                          "give --all, or leave them out"};
    if (!what.names_targets() && !what.all && given.verb == verb::cancel)
        throw usage_error{"nothing to cancel: name targets, or use --all"};
    if (!what.names_targets() && given.verb == verb::verify)
        throw usage_error{"nothing to verify: name targets, --from FILE or -"};
    if (std::count(what.targets.begin(), what.targets.end(), "-") > 1)
        throw usage_error{"- was given twice: stdin can be read once"};
}

// CLI11's sentences name the option in front of a colon, and its own types behind.
std::string plain_sentence(const CLI::ParseError& error) {
    const std::string text = error.what();
    const auto colon = text.find(':');
    if (error.get_name() == "ArgumentMismatch" && text.starts_with('-') &&
        text.find("required") != std::string::npos)
        return fmt::format("{} needs a value", text.substr(0, colon));
    return escaped(text);
}

class parser {
  public:
    parser() : app_{std::string{help::program}, "redrive"} {
        app_.footer(std::string{help::program_footer});
        app_.get_formatter()->column_width(32);
        app_.set_help_flag("-h,--help", "print this help");
        app_.set_version_flag("--version", version_text());
        app_.allow_extras();
        app_.require_subcommand(0, 1); // a second verb's name is a target, such as a queue's
        define_list(app_, options_);
        define_cancel(app_, options_);
        define_verify(app_, options_);
        app_.add_subcommand("version", "prints the version");
        auto& sub = *app_.add_subcommand("help", "prints the help of a verb");
        sub.add_option("VERB", help_verb_, "which verb")->type_name("");
    }

    std::variant<options, shown_text> parse(int argc, const char* const* argv) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::CallForHelp&) {
            return shown_text{help_of(chosen())};
        } catch (const CLI::CallForVersion& version) {
            return shown_text{std::string{version.what()} + "\n"};
        } catch (const CLI::ParseError& error) {
            throw usage_error{fmt::format(
                "{}: see `redrive help {}`", plain_sentence(error), chosen().get_name())};
        }
        return result();
    }

  private:
    static std::string version_text() { return "redrive " REDRIVE_VERSION; }

    CLI::App& chosen() {
        const auto subs = app_.get_subcommands();
        return subs.empty() ? app_ : *subs.front();
    }

    std::variant<options, shown_text> result() {
        auto& sub = chosen();
        if (const auto extra = app_.remaining(); !extra.empty()) refuse_verb(app_, extra.front());
        if (&sub == &app_)
            throw usage_error{"no verb: try `redrive list`, or see `redrive --help`"};
        if (const auto extra = sub.remaining(); !extra.empty()) refuse_extra(sub, extra.front());
        if (sub.get_name() == "version") return shown_text{version_text() + "\n"};
        if (sub.get_name() == "help") return shown_text{help_text()};
        for (const auto& [name, value] : verbs)
            if (name == sub.get_name()) options_.verb = value;
        check_combination(options_);
        return options_;
    }

    std::string help_text() {
        if (help_verb_.empty()) return help_of(app_);
        for (const auto* sub : app_.get_subcommands([](const CLI::App*) { return true; }))
            if (sub->get_name() == help_verb_) return help_of(*sub);
        refuse_verb(app_, help_verb_);
    }

    // CLI11 would describe the verb that was parsed, which here is `help` itself.
    static std::string help_of(const CLI::App& app) {
        const auto name = app.get_parent() ? "redrive " + app.get_name() : app.get_name();
        return app.get_formatter()->make_help(&app, name, CLI::AppFormatMode::Normal);
    }

    options options_;
    std::string help_verb_;
    CLI::App app_;
};

} // namespace

std::variant<options, shown_text> parse_command_line(int argc, const char* const* argv) {
    return parser{}.parse(argc, argv);
}

} // namespace redrive::cli
