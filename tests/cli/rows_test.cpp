#include "cli/rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "cli/csv_row.hpp"
#include "cli/json_row.hpp"

namespace redrive::cli {
namespace {

using namespace std::chrono_literals;

constexpr row_writer::wall_time started{1'700'000'000'123ms};

found_task full_task() {
    found_task found;
    found.account = "123456789012";
    found.region = "eu-west-1";
    found.queue = "orders-dlq";
    found.request_id = "r-1";
    found.task.handle = "aGFuZGxl";
    found.task.status = task_status{"RUNNING"};
    found.task.source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders-dlq";
    found.task.destination_arn = "arn:aws:sqs:eu-west-1:123456789012:orders";
    found.task.moved = 12;
    found.task.to_move = 10;
    found.task.max_rate = 500;
    found.task.started = started;
    return found;
}

target_outcome denied_outcome() {
    target_outcome done;
    done.input = {4, 7, "arn:aws:sqs:eu-west-1:123456789012:orders-dlq"};
    done.account = "123456789012";
    done.region = "eu-west-1";
    done.queue = "orders-dlq";
    done.source_arn = done.input.text;
    done.is = outcome::denied;
    done.attempts = 2;
    done.request_ids = {"r-1", "r-2"};
    done.ec = service_errc::access_denied;
    done.info.code = "AccessDenied";
    done.info.type_code = "AccessDeniedException";
    done.info.message = "no \"permission\", sorry";
    done.info.http_status = 403;
    done.info.request_id = "r-2";
    done.info.phase = call_phase::service;
    done.hint = "allow it";
    return done;
}

template <class... Args>
std::string json_of(const Args&... args) {
    std::string out;
    json_row row{out};
    write_row(row, args...);
    row.finish();
    return out;
}

TEST(TaskRow, HasTheKeysOfItsSchemaInOrder) {
    EXPECT_EQ(json_of(full_task(), started + 1500ms),
              R"({"schema":"redrive.task/1","account":"123456789012","region":"eu-west-1",)"
              R"("queue":"orders-dlq",)"
              R"("source_arn":"arn:aws:sqs:eu-west-1:123456789012:orders-dlq",)"
              R"("destination_arn":"arn:aws:sqs:eu-west-1:123456789012:orders",)"
              R"("task_handle":"aGFuZGxl","status":"RUNNING","moved":12,"to_move":10,)"
              R"("remaining":0,"max_rate":500,"started":"2023-11-14T22:13:20.123Z","age_s":1.5,)"
              R"("failure_reason":null,"request_id":"r-1"})");
}

TEST(TaskRow, SaysNullForWhatIsNotKnown) {
    found_task found;
    found.task.source_arn = "arn";
    EXPECT_EQ(json_of(found, started),
              R"({"schema":"redrive.task/1","account":null,"region":null,"queue":null,)"
              R"("source_arn":"arn","destination_arn":null,"task_handle":null,"status":null,)"
              R"("moved":0,"to_move":null,"remaining":null,"max_rate":null,"started":null,)"
              R"("age_s":null,"failure_reason":null,"request_id":null})");
}

TEST(OutcomeRow, HasTheKeysOfItsSchemaInOrder) {
    target_outcome done;
    done.input = {0, 0, "orders-dlq"};
    done.account = "123456789012";
    done.region = "eu-west-1";
    done.queue = "orders-dlq";
    done.source_arn = "arn";
    done.started = started;
    done.is = outcome::stopped;
    done.rests_on = evidence::terminal;
    done.status = "CANCELLED";
    done.moved_at_list = 1;
    done.moved_at_cancel = 2;
    done.moved_at_stop = 8;
    done.attempts = 1;
    done.ordered_at = started;
    done.accepted_at = started + 5ms;
    done.confirmed_at = started + 1s;
    EXPECT_EQ(
        json_of(done),
        R"({"schema":"redrive.outcome/1","input":{"index":0,"line":null,"text":"orders-dlq"},)"
        R"("account":"123456789012","region":"eu-west-1","queue":"orders-dlq",)"
        R"("source_arn":"arn","started":"2023-11-14T22:13:20.123Z","outcome":"stopped",)"
        R"("evidence":"terminal","status":"CANCELLED","moved_at_list":1,)"
        R"("moved_at_cancel":2,"moved_at_stop":8,"drift":6,"attempts":1,"resent":0,)"
        R"("request_ids":[],"ordered_at":"2023-11-14T22:13:20.123Z",)"
        R"("accepted_at":"2023-11-14T22:13:20.128Z",)"
        R"("confirmed_at":"2023-11-14T22:13:21.123Z","error":null})");
}

TEST(OutcomeRow, CarriesTheErrorWithItsNextStep) {
    const auto json = json_of(denied_outcome());
    EXPECT_NE(json.find(R"("error":{"code":"AccessDenied","type_code":"AccessDeniedException",)"
                        R"("message":"no \"permission\", sorry","http_status":403,)"
                        R"("request_id":"r-2","phase":"service","hint":"allow it"}})"),
              std::string::npos)
        << json;
    EXPECT_NE(json.find(R"("input":{"index":4,"line":7,)"), std::string::npos);
}

TEST(OutcomeRow, NamesOurOwnErrorsByAStableWord) {
    target_outcome done;
    done.is = outcome::unreachable;
    done.ec = client_errc::connect_failed;
    EXPECT_NE(json_of(done).find(R"("error":{"code":"connect_failed","type_code":null,)"),
              std::string::npos);
}

TEST(OutcomeRow, HasNoErrorWhenATaskIsOverAlthoughThereIsAHint) {
    target_outcome done;
    done.is = outcome::stopped;
    done.hint = "a new redrive runs";
    EXPECT_NE(json_of(done).find(R"("error":null})"), std::string::npos);
    done.is = outcome::unknown;
    EXPECT_NE(json_of(done).find(R"("error":{"code":null)"), std::string::npos);
}

TEST(JsonRow, AppendsToWhatIsThere) {
    std::string out = "[";
    json_row row{out};
    row.integer("a", 1);
    row.finish();
    EXPECT_EQ(out, R"([{"a":1})");
}

TEST(JsonRow, EscapesWhatJsonDemandsAndWhatSteersATerminalInEachTextAlone) {
    std::string out;
    json_row row{out};
    row.text("a", "plain");
    row.text("b", "\"\\\n\x1b[2J\x7f");
    row.text("c", "\xc3\xa4\xc2\x9b\xe2\x80\xae\xff");
    row.list("d", {"x", "\xe2\x80\x8b", "y"});
    row.finish();
    EXPECT_EQ(out,
              "{\"a\":\"plain\",\"b\":\"\\\"\\\\\\n\\u001b[2J\\u007f\","
              "\"c\":\"\xc3\xa4\\u009b\\u202e\xef\xbf\xbd\",\"d\":[\"x\",\"\\u200b\",\"y\"]}");
}

TEST(CsvRow, JoinsNestedKeysWithADotAndQuotesAsRfc4180) {
    csv_row row;
    write_row(row, denied_outcome());
    EXPECT_EQ(row.header(),
              "schema,input.index,input.line,input.text,account,region,queue,source_arn,started,"
              "outcome,evidence,status,moved_at_list,moved_at_cancel,moved_at_stop,drift,attempts,"
              "resent,request_ids,ordered_at,accepted_at,confirmed_at,error.code,error.type_code,"
              "error.message,error.http_status,error.request_id,error.phase,error.hint");
    EXPECT_EQ(
        row.record(),
        "redrive.outcome/1,4,7,arn:aws:sqs:eu-west-1:123456789012:orders-dlq,123456789012,"
        "eu-west-1,orders-dlq,arn:aws:sqs:eu-west-1:123456789012:orders-dlq,,denied,,,,,,,2,0,"
        "r-1 r-2,,,,AccessDenied,AccessDeniedException,\"no \"\"permission\"\", sorry\",403,"
        "r-2,service,allow it");
}

TEST(CsvRow, HasEveryColumnAlsoWithoutAnError) {
    csv_row with, without;
    write_row(with, denied_outcome());
    write_row(without, target_outcome{});
    EXPECT_EQ(with.header(), without.header());
    const auto commas = [](const std::string& text) {
        return std::count(text.begin(), text.end(), ',');
    };
    EXPECT_EQ(commas(without.record()), commas(without.header()));
}

TEST(CsvRow, KeepsARecordOnOneLineAndAwayFromATerminal) {
    csv_row row;
    row.text("a", "x\n\x1b[2J,\"y\"");
    EXPECT_EQ(row.record(), "\"x\\x0a\\x1b[2J,\"\"y\"\"\"");
}

} // namespace
} // namespace redrive::cli
