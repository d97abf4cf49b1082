#include "cli/evidence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "cli/usage_error.hpp"

namespace redrive::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Redacted, LosesAccountsAndWhatIsNamedInThem) {
    EXPECT_EQ(redacted("arn:aws:sqs:eu-west-1:123456789012:orders-dlq is gone"),
              "arn:aws:sqs:eu-west-1:000000000000:name is gone");
    EXPECT_EQ(redacted("https://sqs.eu-west-1.amazonaws.com/123456789012/orders.fifo"),
              "https://sqs.eu-west-1.amazonaws.com/000000000000/name");
    EXPECT_EQ(redacted("User: arn:aws:sts::123456789012:assumed-role/Ops/alice@example.com is not"),
              "User: arn:aws:sts::000000000000:name is not");
    EXPECT_EQ(redacted("account 123456789012."), "account 000000000000.");
}

TEST(Redacted, KeepsEverythingElse) {
    for (const auto* text : {"",
                             "request id bcd9dbb4-9673-466b-b144-1d254bd86cd7",
                             "1234567890123",
                             "12345678901",
                             "a123456789012",
                             "2026-11-23T14:48:52.589Z"})
        EXPECT_EQ(redacted(text), text);
}

class evidence_file {
  public:
    ~evidence_file() { std::remove(path.c_str()); }
    [[nodiscard]] std::string text() const {
        std::ifstream in{path, std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }

    const std::string path = ::testing::TempDir() + "evidence-" + std::to_string(::getpid());
};

TEST(Evidence, TellsHowTheServiceAnsweredButNotWhoAsked) {
    evidence_file file;
    {
        evidence out{file.path, {}};
        diagnostics info;
        info.http_status = 403;
        info.code = "AccessDenied";
        info.message = "User: arn:aws:iam::123456789012:user/alice is not authorized";
        info.request_id = "r-1";
        out.attempt_ended({.call = 1,
                           .operation = "ListQueues",
                           .address = "localhost",
                           .number = 1,
                           .began = {},
                           .sent = {},
                           .ended = {},
                           .ec = service_errc::access_denied,
                           .info = info,
                           .pause = {}});
        examination of;
        of.identity = "role arn:aws:iam::123456789012:role/Ops";
        of.account = "123456789012";
        finding what;
        what.what = "identity";
        what.text = "arn:aws:iam::123456789012:user/alice";
        out.add(of, what);
        EXPECT_TRUE(out.finish());
    }
    const auto text = file.text();
    EXPECT_THAT(text, StartsWith("{\"schema\":\"redrive.evidence/1\""));
    EXPECT_THAT(text, HasSubstr("\"code\":\"AccessDenied\""));
    EXPECT_THAT(text, HasSubstr("\"request_id\":\"r-1\""));
    EXPECT_THAT(text, HasSubstr("\"check\":\"identity\""));
    EXPECT_THAT(text, Not(HasSubstr("123456789012")));
    EXPECT_THAT(text, Not(HasSubstr("alice")));
    struct stat about {};
    ASSERT_EQ(::stat(file.path.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
}

TEST(Evidence, NamesTheFileThatCannotBeMade) {
    try {
        const evidence out{"/no/such/folder/file", {}};
        FAIL();
    } catch (const usage_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("/no/such/folder/file: No such file"));
    }
}

} // namespace
} // namespace redrive::cli
