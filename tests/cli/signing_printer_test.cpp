#include "cli/signing_printer.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "cli/file_descriptor.hpp"

namespace redrive::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

signing_record example() {
    return {"ListQueues",
            "sqs.eu-west-1.amazonaws.com",
            "eu-west-1",
            "AKIDEXAMPLE",
            "POST\n/\n\nhost:a\x1b[31m",
            "AWS4-HMAC-SHA256\n00"};
}

// What stands on the console after these.
std::string shown(std::size_t times, const signing_record& what = example()) {
    const file_descriptor file{::memfd_create("console", MFD_CLOEXEC)};
    console notices{file.get(), false, false};
    signing_printer printer{notices};
    for (std::size_t i = 0; i < times; ++i)
        printer.request_signed(what);
    std::string text(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(file.get(), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
    return text;
}

TEST(SigningPrinter, ShowsTheTextsAsTheyAreAndNothingThatMovesTheCursor) {
    EXPECT_EQ(shown(1),
              "redrive: ListQueues to sqs.eu-west-1.amazonaws.com, signed for eu-west-1 with key "
              "AKIDEXAMPLE\n"
              "--- canonical request\n"
              "POST\n"
              "/\n"
              "\n"
              "host:a\\x1b[31m\n"
              "--- string to sign\n"
              "AWS4-HMAC-SHA256\n"
              "00\n"
              "---\n");
}

TEST(SigningPrinter, StopsAtItsBoundAndSaysSoOnce) {
    EXPECT_THAT(shown(signing_printer::most_shown), Not(HasSubstr("not shown")));
    EXPECT_EQ(shown(signing_printer::most_shown + 5),
              shown(signing_printer::most_shown) +
                  "redrive: --debug-sign: further requests are not shown\n");
}

} // namespace
} // namespace redrive::cli
