#include "cli/verb_options.hpp"

#include <CLI/Option.hpp>

#include <functional>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "cli/help.hpp"
#include "cli/option_values.hpp"
#include "cli/policy_values.hpp"

namespace redrive::cli {
namespace {

using texts = std::vector<std::string>;

// Adds options to one verb. A value that is given again replaces the first, so that an alias can be
// overridden.
class option_set {
  public:
    option_set(CLI::App& app, std::string group) : app_{app}, group_{std::move(group)} {}

    void value(const char* name,
               const char* type,
               const char* about,
               const std::function<void(const std::string&)>& read) {
        app_.add_option_function<std::string>(name, read, about)
            ->type_name(type)
            ->group(group_)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    }
    void values(const char* name,
                const char* type,
                const char* about,
                const std::function<void(const texts&)>& read) {
        app_.add_option_function<texts>(name, read, about)
            ->type_name(type)
            ->group(group_)
            ->allow_extra_args(false);
    }
    void flag(const char* name, const char* about, bool& is) {
        app_.add_flag_callback(
                name, [&is] { is = true; }, about)
            ->group(group_)
            ->disable_flag_override(); // --yes=no would read as yes
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
    set.values(
        "--accounts",
        "LIST|@FILE",
        "search these accounts by a role in each; a file has a JSON object a line; repeatable",
        [&](const texts& lists) { where.accounts = lists; });
    set.value("--assume-role",
              "NAME|ARN",
              "the role of --accounts; an ARN has {account} for the account",
              [&](const std::string& role) { where.assume_role = role; });
    set.value("--external-id",
              "ID",
              "what those roles want to be told",
              [&](const std::string& id) { where.external_id = id; });
    set.value("--session-name",
              "NAME",
              "what CloudTrail calls us (default: redrive- and the time)",
              [&](const std::string& name) { where.session_name = name; });
    set.flag("--narrow", "let those roles find and stop redrives, and nothing else", where.narrow);
    set.value("--endpoint-url",
              "URL",
              "send SQS calls of every region here",
              [&](const std::string& url) { where.endpoint_url = read_endpoint(url); });
    set.value("--ca-bundle",
              "FILE",
              "trust the certificates of this PEM file only",
              [&](const std::string& file) { where.ca_bundle = file; });
    set.values("--connect-to",
               "HOST:PORT:ADDR:PORT",
               "connect to ADDR:PORT for what is meant for HOST:PORT, as curl; repeatable",
               [&](const texts& rules) { where.connect_to = read_connect_to(rules); });
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
    set.flag("--debug-sign", "what requests are signed over, on stderr", output.debug_sign);
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

void define_doctor(CLI::App& app, options& to) {
    auto& sub = add_verb(
        app, "doctor", "checks what a stop needs, and changes nothing", help::doctor_footer);
    option_set set{sub, "Checks"};
    set.flag("--explain-config",
             "print every setting and who said so, and ask nobody",
             to.doctor.explain_config);
    set.flag("--probe-pipelining",
             "send lists 8 at a time on one connection, and see",
             to.doctor.probe_pipelining);
    set.value("--record",
              "FILE",
              "save how the service answered, without account numbers and names of queues",
              [&](const std::string& file) { to.doctor.record = file; });
    add_where(sub, to.where);
    add_output(sub, to.output);
}

void define_iam_policy(CLI::App& app, options& to) {
    auto& sub = add_verb(
        app, "iam-policy", "prints the least IAM policy for chosen verbs", help::iam_policy_footer);
    auto& policy = to.policy.scope;
    option_set set{sub, "Policy"};
    set.values("--for",
               "VERB",
               "list, cancel, verify or start; comma lists; repeatable (default: cancel)",
               [&](const texts& verbs) { policy.uses = read_policy_uses(verbs); });
    set.values("--queue", "ARN", "only these queues (*, ?); repeatable", [&](const texts& arns) {
        policy.queues = read_queue_patterns("--queue", arns);
    });
    set.values("--destination",
               "ARN",
               "where a redrive that is started may move to (*, ?); repeatable",
               [&](const texts& arns) {
                   policy.destinations = read_queue_patterns("--destination", arns);
               });
    set.flag("--kms", "queues encrypted with any key of KMS", to.policy.every_key);
    set.values("--kms-key",
               "ARN",
               "queues encrypted with these keys only; repeatable",
               [&](const texts& arns) { policy.keys = read_key_patterns(arns); });
    set.value("--assume-role",
              "NAME|ARN",
              "this role of every account; in an ARN, {account} stands for it",
              [&](const std::string& role) { policy.roles = read_role_patterns({role}); });
    set.flag("--organizations", "the accounts of the organization", policy.lists_accounts);
    option_set{sub, "Output"}.flag("-q,--quiet", "the policy without notes", to.output.quiet);
}

} // namespace

void define_verbs(CLI::App& app, options& to) {
    define_list(app, to);
    define_cancel(app, to);
    define_verify(app, to);
    define_doctor(app, to);
    define_iam_policy(app, to);
}

} // namespace redrive::cli
