#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "cli/help.hpp"
#include "cli/nearest.hpp"
#include "cli/text_escape.hpp"
#include "cli/usage_error.hpp"
#include "cli/verb_options.hpp"

namespace redrive::cli {
namespace {

using texts = std::vector<std::string>;

constexpr std::array<std::pair<std::string_view, verb>, 5> verbs{
    {{"list", verb::list},
     {"cancel", verb::cancel},
     {"verify", verb::verify},
     {"doctor", verb::doctor},
     {"iam-policy", verb::iam_policy}}};

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

std::string help_command(const CLI::App& app) {
    return app.get_parent() == nullptr ? "redrive --help" : "redrive help " + app.get_name();
}

[[noreturn]] void refuse_extra(const CLI::App& app, const std::string& extra) {
    const auto name = extra.substr(0, extra.find('='));
    const auto meant = nearest(name, option_names(app));
    const auto next = meant.empty() ? fmt::format("see `{}`", help_command(app))
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
    if (what.uses_of_stdin() > 1) throw usage_error{"- was given twice: stdin can be read once"};
}

void check_policy(const policy_options& given) {
    const auto& scope = given.scope;
    if (given.every_key && !scope.keys.empty())
        throw usage_error{"both --kms and --kms-key were given: choose one"};
    const bool starts = std::find(scope.uses.begin(), scope.uses.end(), flow::policy_use::start) !=
                        scope.uses.end();
    if (!starts && scope.destinations != flow::policy_scope{}.destinations)
        throw usage_error{"--destination goes with --for start: only a redrive that is started "
                          "sends messages"};
}

// CLI11's sentences name the option in front of a colon, and its own types behind.
std::string plain_sentence(const CLI::ParseError& error) {
    const std::string text = error.what();
    const auto colon = text.find(':');
    if (error.get_name() == "ArgumentMismatch" && text.starts_with('-') &&
        text.find("required") != std::string::npos)
        return fmt::format("{} needs a value", text.substr(0, colon));
    if (const auto at = text.find(" was given a disallowed flag"); at != std::string::npos)
        return fmt::format("--{} takes no value", text.substr(0, at));
    return escaped(text);
}

std::string tidy(std::string text) {
    for (auto at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n", at))
        text.erase(at, 1);
    return text + '\n';
}

class parser {
  public:
    parser() : app_{std::string{help::program}, "redrive"} {
        app_.footer(std::string{help::program_footer});
        app_.get_formatter()->column_width(32);
        app_.get_formatter()->label("Positionals", "Arguments");
        app_.get_formatter()->label("SUBCOMMAND", "VERB");
        app_.get_formatter()->label("Subcommands", "Verbs");
        app_.set_help_flag("-h,--help", "print this help");
        app_.set_version_flag("--version", version_text(), "print the version");
        app_.allow_extras();
        app_.require_subcommand(0, 1); // a second verb's name is a target, such as a queue's
        define_verbs(app_, options_);
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
            throw usage_error{
                fmt::format("{}: see `{}`", plain_sentence(error), help_command(chosen()))};
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
        check_policy(options_.policy);
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
        return tidy(app.get_formatter()->make_help(&app, name, CLI::AppFormatMode::Normal));
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
