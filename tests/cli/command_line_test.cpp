#include "cli/command_line.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <initializer_list>

#include "cli/usage_error.hpp"

namespace redrive::cli {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::variant<options, shown_text> parse(std::initializer_list<const char*> arguments) {
    std::vector<const char*> argv{"redrive"};
    argv.insert(argv.end(), arguments);
    return parse_command_line(static_cast<int>(argv.size()), argv.data());
}

options given(std::initializer_list<const char*> arguments) {
    return std::get<options>(parse(arguments));
}

std::string shown(std::initializer_list<const char*> arguments) {
    return std::get<shown_text>(parse(arguments)).text;
}

std::string error(std::initializer_list<const char*> arguments) {
    try {
        (void)parse(arguments);
    } catch (const usage_error& bad) {
        return bad.what();
    }
    return "accepted";
}

TEST(CommandLine, ReadsTargetsInTheirOrderAndKeepsTheDash) {
    const auto read =
        given({"cancel", "first", "-", "second", "--from", "a.txt", "--from", "b.txt"});
    EXPECT_EQ(read.verb, verb::cancel);
    EXPECT_THAT(read.what.targets, ElementsAre("first", "-", "second"));
    EXPECT_THAT(read.what.from, ElementsAre("a.txt", "b.txt"));
}

TEST(CommandLine, TakesAVerbsNameForATargetBehindAVerb) {
    EXPECT_THAT(given({"cancel", "list", "verify"}).what.targets, ElementsAre("list", "verify"));
}

TEST(CommandLine, ReadsWhereElseToConnect) {
    const auto read = given(
        {"list", "--connect-to", "a.test:443:127.0.0.1:8443", "--connect-to", "::[::1]:9000"});
    ASSERT_EQ(read.where.connect_to.size(), 2u);
    EXPECT_EQ(read.where.connect_to[0].host, "a.test");
    EXPECT_EQ(read.where.connect_to[0].to_port, 8443);
    EXPECT_EQ(read.where.connect_to[1].to_host, "::1");
    EXPECT_THAT(error({"list", "--connect-to", "a.test:443"}), HasSubstr("HOST:PORT:ADDR:PORT"));
}

TEST(CommandLine, ReadsEveryOptionOfCancel) {
    const auto read = given({"cancel",
                             "--all",
                             "--match",
                             "a*",
                             "--match",
                             "b*",
                             "--exclude",
                             "c",
                             "--min-remaining",
                             "10",
                             "--older-than",
                             "5m",
                             "--region",
                             "eu-west-1,us-east-1",
                             "--region",
                             "all",
                             "--profile",
                             "prod-*",
                             "--endpoint-url",
                             "https://localhost:1",
                             "--ca-bundle",
                             "ca.pem",
                             "--yes",
                             "--dry-run",
                             "--no-verify",
                             "--deadline",
                             "2m",
                             "--verify-timeout",
                             "30s",
                             "--concurrency",
                             "3",
                             "--pipelining",
                             "8",
                             "--rate",
                             "2.5",
                             "--journal",
                             "none",
                             "--quiet",
                             "--no-progress",
                             "--max-tasks",
                             "7",
                             "--ordered",
                             "-o",
                             "csv",
                             "--color",
                             "never"});
    EXPECT_TRUE(read.what.all);
    EXPECT_THAT(read.what.match, ElementsAre("a*", "b*"));
    EXPECT_THAT(read.what.exclude, ElementsAre("c"));
    EXPECT_EQ(read.what.min_remaining, 10);
    EXPECT_EQ(read.what.older_than, std::chrono::milliseconds{5min});
    EXPECT_THAT(read.where.regions, ElementsAre("eu-west-1", "us-east-1", "all"));
    EXPECT_THAT(read.where.profiles, ElementsAre("prod-*"));
    EXPECT_EQ(read.where.endpoint_url, "https://localhost:1");
    EXPECT_EQ(read.where.ca_bundle, "ca.pem");
    EXPECT_TRUE(read.how.yes && read.how.dry_run && read.how.no_verify);
    EXPECT_EQ(read.how.deadline, std::chrono::milliseconds{2min});
    EXPECT_EQ(read.how.verify_timeout, std::chrono::milliseconds{30s});
    EXPECT_EQ(read.how.concurrency, 3u);
    EXPECT_EQ(read.how.pipelining, redrive::pipelining::fixed);
    EXPECT_EQ(read.how.depth, 8u);
    EXPECT_EQ(read.how.rate, 2.5);
    EXPECT_EQ(read.how.max_tasks, 7u);
    EXPECT_EQ(read.output.format, output_format::csv);
    EXPECT_EQ(read.output.color, color_mode::never);
    EXPECT_TRUE(read.output.quiet && read.output.no_progress && read.output.ordered);
}

TEST(CommandLine, LetsALaterValueReplaceAnEarlierOne) {
    EXPECT_EQ(given({"list", "-o", "csv", "--output", "name"}).output.format, output_format::name);
}

TEST(CommandLine, ListsWithoutTargetsAndWithoutAll) {
    const auto read = given({"list", "--match", "x", "--history", "--exit-code"});
    EXPECT_FALSE(read.what.names_targets());
    EXPECT_TRUE(read.what.history && read.output.exit_code);
}

struct mistake {
    std::vector<const char*> arguments;
    const char* said;
};

TEST(CommandLine, AnswersEachMistakeWithOneLineThatSaysWhatToDo) {
    const mistake mistakes[] = {
        {{}, "no verb: try `redrive list`"},
        {{"lst"}, "unknown verb 'lst': did you mean list?"},
        {{"help", "cancle"}, "unknown verb 'cancle': did you mean cancel?"},
        {{"--regoin"}, "unknown option --regoin: see `redrive --help`"},
        {{"list", "--regoin=x"}, "unknown option --regoin: did you mean --region?"},
        {{"version", "x"}, "unknown option x"},
        {{"list", "--region"}, "--region needs a value"},
        {{"list", "--region", "a_b"}, "--region: 'a_b' is not a region"},
        {{"list", "--region", "eu-west-1,"}, "--region: '' is not a region"},
        {{"cancel", "--yes=no", "x"}, "--yes takes no value"},
        {{"cancel"}, "nothing to cancel"},
        {{"verify"}, "nothing to verify"},
        {{"cancel", "--all", "x"}, "both --all and targets"},
        {{"cancel", "x", "--match", "y"}, "narrow --all"},
        {{"cancel", "-", "-"}, "stdin can be read once"},
        {{"cancel", "-", "--from", "-"}, "stdin can be read once"},
        {{"cancel", "--all", "--deadline", "5"}, "--deadline: '5' has no unit"},
        {{"cancel", "--all", "--rate", "-1"}, "--rate"},
        {{"cancel", "--all", "--rate", "fast"}, "--rate: 'fast' is not a number"},
        {{"cancel", "--all", "--concurrency", "0"}, "--concurrency: '0' is not a whole number"},
        {{"cancel", "--all", "--pipelining", "on"}, "--pipelining: 'on' is not off, auto or"},
        {{"cancel", "--all", "--max-tasks", "many"}, "--max-tasks: 'many' is not"},
        {{"cancel", "--all", "--journal", "run.ndjson"}, "journals are not in this version"},
        {{"cancel", "x", "--as", "queue"}, "--as: 'queue' is not handle"},
        {{"list", "-o", "jsn"}, "did you mean json?"},
        {{"list", "--color", "blue"}, "--color: 'blue' is not one of auto, always, never"},
        {{"list", "--endpoint-url", "localhost"}, "--endpoint-url: 'localhost' is not"},
        {{"verify", "x", "--yes"}, "unknown option --yes"},
        {{"iam-policy", "--for", "stop"}, "--for: 'stop' is not one of"},
        {{"iam-policy", "--kms", "--kms-key", "arn:aws:kms:*:*:key/k"}, "choose one"},
        {{"iam-policy", "cancel"}, "unknown option cancel"},
        {{"iam-policy", "--destination", "arn:aws:sqs:*:*:q"}, "--for start"},
        {{"list", "--\x1b[2J"}, "unknown option --\\x1b[2J"},
    };
    for (const auto& one : mistakes) {
        std::vector<const char*> argv{"redrive"};
        argv.insert(argv.end(), one.arguments.begin(), one.arguments.end());
        try {
            (void)parse_command_line(static_cast<int>(argv.size()), argv.data());
            ADD_FAILURE() << "accepted: " << one.said;
        } catch (const usage_error& bad) {
            EXPECT_THAT(bad.what(), HasSubstr(one.said));
            EXPECT_EQ(std::string{bad.what()}.find('\n'), std::string::npos) << bad.what();
        }
    }
}

TEST(CommandLine, ReadsWhatAPolicyIsFor) {
    const auto plain = given({"iam-policy"});
    EXPECT_EQ(plain.verb, verb::iam_policy);
    EXPECT_THAT(plain.policy.scope.uses, ElementsAre(flow::policy_use::cancel));
    EXPECT_THAT(plain.policy.scope.queues, ElementsAre("*"));
    EXPECT_FALSE(plain.policy.every_key);

    const auto read = given({"iam-policy",
                             "--for",
                             "list,start",
                             "--queue",
                             "arn:aws:sqs:*:*:*-dlq",
                             "--destination",
                             "arn:aws:sqs:*:*:orders",
                             "--kms-key",
                             "arn:aws:kms:*:*:key/k",
                             "--assume-role",
                             "stop",
                             "--organizations",
                             "-q"});
    const auto& scope = read.policy.scope;
    EXPECT_THAT(scope.uses, ElementsAre(flow::policy_use::list, flow::policy_use::start));
    EXPECT_THAT(scope.queues, ElementsAre("arn:aws:sqs:*:*:*-dlq"));
    EXPECT_THAT(scope.destinations, ElementsAre("arn:aws:sqs:*:*:orders"));
    EXPECT_THAT(scope.keys, ElementsAre("arn:aws:kms:*:*:key/k"));
    EXPECT_THAT(scope.roles, ElementsAre("arn:*:iam::*:role/stop"));
    EXPECT_TRUE(scope.lists_accounts && read.output.quiet);
    EXPECT_TRUE(given({"iam-policy", "--kms"}).policy.every_key);
}

TEST(CommandLine, ShowsHelpWithExamplesForEachVerb) {
    EXPECT_THAT(shown({"--help"}), HasSubstr("Exit codes:"));
    EXPECT_THAT(shown({"help"}), HasSubstr("Exit codes:"));
    for (const char* verb : {"list", "cancel", "verify", "iam-policy"}) {
        const auto text = shown({"help", verb});
        EXPECT_THAT(text, HasSubstr(std::string{"Usage: redrive "} + verb));
        EXPECT_THAT(text, HasSubstr("Examples:\n  redrive"));
        EXPECT_EQ(text, shown({verb, "--help"}));
    }
    EXPECT_THAT(shown({"version"}), ::testing::StartsWith("redrive "));
    EXPECT_EQ(shown({"version"}), shown({"--version"}));
}

TEST(CommandLine, NamesNothingInItsHelpThatIsNotBuilt) {
    for (const char* verb : {"list", "cancel", "verify", "doctor", "iam-policy"}) {
        const auto text = shown({"help", verb}) + shown({"--help"});
        for (const char* absent : {"resume", "report", "watch", "--plan-out", "--trace"})
            EXPECT_THAT(text, ::testing::Not(HasSubstr(absent)));
    }
    EXPECT_THAT(error({"start"}), HasSubstr("unknown verb 'start'"));
}

} // namespace
} // namespace redrive::cli
