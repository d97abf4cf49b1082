#include "redrive/endpoint.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace redrive {
namespace {

struct endpoint_case {
    const char* text;
    bool tls;
    const char* host;
    std::uint16_t port;
    const char* path;
    const char* authority;
    const char* url;
};

TEST(Endpoint, SplitsAUrlAndWritesItBack) {
    const endpoint_case cases[] = {
        {"https://sqs.eu-west-1.amazonaws.com",
         true,
         "sqs.eu-west-1.amazonaws.com",
         443,
         "/",
         "sqs.eu-west-1.amazonaws.com",
         "https://sqs.eu-west-1.amazonaws.com"},
        {"HTTPS://SQS.Example.COM/",
         true,
         "sqs.example.com",
         443,
         "/",
         "sqs.example.com",
         "https://sqs.example.com"},
        {"http://localhost:4566",
         false,
         "localhost",
         4566,
         "/",
         "localhost:4566",
         "http://localhost:4566"},
        {"http://localhost:80", false, "localhost", 80, "/", "localhost", "http://localhost"},
        {"https://localhost:80",
         true,
         "localhost",
         80,
         "/",
         "localhost:80",
         "https://localhost:80"},
        {"https://h:00443", true, "h", 443, "/", "h", "https://h"},
        {"http://127.0.0.1:9324/base/path",
         false,
         "127.0.0.1",
         9324,
         "/base/path/",
         "127.0.0.1:9324",
         "http://127.0.0.1:9324/base/path"},
        {"http://[::1]:4566/", false, "::1", 4566, "/", "[::1]:4566", "http://[::1]:4566"},
        {"https://[FD00:EC2::23]",
         true,
         "fd00:ec2::23",
         443,
         "/",
         "[fd00:ec2::23]",
         "https://[fd00:ec2::23]"},
        {"http://h//a///", false, "h", 80, "//a/", "h", "http://h//a"},
        {"http://my_host.:65535/%7E",
         false,
         "my_host.",
         65535,
         "/%7E/",
         "my_host.:65535",
         "http://my_host.:65535/%7E"},
    };
    for (const auto& expected : cases) {
        const auto parsed = parse_endpoint(expected.text);
        ASSERT_TRUE(parsed) << expected.text;
        EXPECT_EQ(parsed->tls, expected.tls) << expected.text;
        EXPECT_EQ(parsed->host, expected.host) << expected.text;
        EXPECT_EQ(parsed->port, expected.port) << expected.text;
        EXPECT_EQ(parsed->path, expected.path) << expected.text;
        EXPECT_EQ(parsed->authority(), expected.authority) << expected.text;
        EXPECT_EQ(parsed->url(), expected.url) << expected.text;
        EXPECT_EQ(parse_endpoint(parsed->url()), parsed) << expected.text;
    }
}

TEST(Endpoint, RefusesWhatARequestCannotBeSentTo) {
    for (const char* text : {
             "",
             "sqs.eu-west-1.amazonaws.com",
             "//h",
             "https:/h",
             "https://",
             "https:///path",
             "ftp://h",
             "https ://h",
             " https://h",
             "https://h ",
             "https://h:",
             "https://h:/",
             "https://h:0",
             "https://h:65536",
             "https://h:-1",
             "https://h:+1",
             "https://h:80x",
             "https://me@h",
             "https://me:secret@h",
             "https://h?x=1",
             "https://h/?x=1",
             "https://h/#f",
             "https://h/a b",
             "https://h\r\nHost: evil/",
             "https://h/\r\nHost: evil",
             "https://.h",
             "https://a..b",
             "https://.",
             "https://h\xc3\xa9",
             "https://[::1",
             "https://[]",
             "https://[1]",
             "https://[localhost]",
             "https://[::1%25eth0]",
             "https://[::1]x",
             "https://[::1]:",
             "https://::1",
         })
        EXPECT_FALSE(parse_endpoint(text)) << text;
}

TEST(Endpoint, IsBoundedInEachPart) {
    EXPECT_TRUE(parse_endpoint("https://" + std::string(63, 'h')));
    EXPECT_FALSE(parse_endpoint("https://" + std::string(64, 'h')));
    EXPECT_FALSE(parse_endpoint("https://[" + std::string(46, ':') + "]"));
    EXPECT_TRUE(parse_endpoint("https://h/" + std::string(1014, 'p')));
    EXPECT_FALSE(parse_endpoint("https://h/" + std::string(1015, 'p')));
    std::string many_labels = "https://";
    for (int i = 0; i < 127; ++i)
        many_labels += "a.";
    EXPECT_FALSE(parse_endpoint(many_labels));
}

TEST(Endpoint, OfEachPrefixIsEitherRefusedOrWrittenBackAsItself) {
    const std::string text = "https://[::1]:4566/base/path";
    int understood = 0;
    for (std::size_t n = 0; n <= text.size(); ++n) {
        const auto parsed = parse_endpoint(text.substr(0, n));
        if (!parsed) continue;
        ++understood;
        EXPECT_EQ(parse_endpoint(parsed->url()), parsed) << n;
    }
    // From the closing bracket on, but for the bare colon.
    EXPECT_EQ(understood, static_cast<int>(text.size() - text.find("]") - 1));
}

} // namespace
} // namespace redrive
