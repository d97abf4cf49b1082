#include "redrive/connect_to.hpp"

#include <gtest/gtest.h>

#include <string>

namespace redrive {
namespace {

std::string read(std::string_view text) {
    const auto rule = parse_connect_to(text);
    if (!rule) return "refused";
    return rule->host + "|" + std::to_string(rule->port) + "|" + rule->to_host + "|" +
           std::to_string(rule->to_port);
}

TEST(ConnectTo, NamesWhatIsMeantAndWhereItGoes) {
    EXPECT_EQ(read("sqs.eu-west-1.amazonaws.com:443:127.0.0.1:8443"),
              "sqs.eu-west-1.amazonaws.com|443|127.0.0.1|8443");
    EXPECT_EQ(read("SQS.Example:443:Other.Example:80"), "sqs.example|443|other.example|80");
    EXPECT_EQ(read("[::1]:443:[2001:DB8::7]:8443"), "::1|443|2001:db8::7|8443");
}

TEST(ConnectTo, TakesAnEmptyPartForAnyOrTheSame) {
    EXPECT_EQ(read("::127.0.0.1:8443"), "|0|127.0.0.1|8443");
    EXPECT_EQ(read("sqs.example::127.0.0.1:"), "sqs.example|0|127.0.0.1|0");
    EXPECT_EQ(read(":443::8443"), "|443||8443");
    EXPECT_EQ(read(":::"), "|0||0");
}

TEST(ConnectTo, RefusesAnythingElse) {
    for (const auto* text : {"",
                             ":",
                             "::",
                             "a:1:b",
                             "a:1:b:2:3",
                             "a:1:b:c",
                             "a:0:b:1",
                             "a:65536:b:1",
                             "a:1:b:2/path",
                             "a/b:1:c:2",
                             "::1:443:a:1",
                             "[::1:443:a:1",
                             "[::1]x:443:a:1",
                             "a b:1:c:2",
                             "u@a:1:b:2"})
        EXPECT_EQ(read(text), "refused") << text;
}

} // namespace
} // namespace redrive
