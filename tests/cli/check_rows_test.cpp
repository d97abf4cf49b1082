#include "cli/check_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redrive::cli {
namespace {

using ::testing::HasSubstr;

examination sample() {
    examination out;
    out.identity = "prod";
    out.region = "eu-west-1";
    out.endpoint = "https://sqs.eu-west-1.amazonaws.com";
    finding good, bad;
    good.what = "settings";
    good.text = "fine";
    bad.what = "tls";
    bad.is = finding::verdict::bad;
    bad.text = "not\x1btrusted";
    bad.fix = "name its CA";
    bad.took = std::chrono::microseconds{1500};
    out.findings = {good, bad};
    out.settings = {{"region", "eu-west-1", "AWS_REGION"}, {"sdk_ua_app_id", "", "default"}};
    return out;
}

TEST(CheckRows, AreObjectsOfAStableSchema) {
    const auto of = sample();
    EXPECT_EQ(check_row(of, of.findings[0]),
              R"({"schema":"redrive.check/1","identity":"prod","account":null,)"
              R"("region":"eu-west-1","endpoint":"https://sqs.eu-west-1.amazonaws.com",)"
              R"("check":"settings","status":"ok","text":"fine","fix":null,"elapsed_ms":0})");
    EXPECT_THAT(check_row(of, of.findings[1]), HasSubstr(R"("status":"bad")"));
    EXPECT_THAT(check_row(of, of.findings[1]), HasSubstr(R"("elapsed_ms":1.5)"));
    EXPECT_EQ(setting_row(of, of.settings[1]),
              R"({"schema":"redrive.setting/1","identity":"prod","account":null,)"
              R"("region":"eu-west-1","name":"sdk_ua_app_id","value":null,"source":"default"})");
}

TEST(Checklist, HasAFixBelowWhatNeedsOne) {
    EXPECT_EQ(checklist(sample(), false),
              "prod in eu-west-1\n"
              "  ok      settings  fine\n"
              "  bad     tls       not\\x1btrusted  [1.5 ms]\n"
              "          next: name its CA\n");
}

TEST(Checklist, LinesSettingsUp) {
    EXPECT_EQ(setting_list(sample(), false),
              "prod in eu-west-1\n"
              "  region         eu-west-1  AWS_REGION\n"
              "  sdk_ua_app_id  -          default\n");
}

} // namespace
} // namespace redrive::cli
