#include "wire/http_parser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/json_reader.hpp"

namespace redrive::wire {
namespace {

using namespace std::string_view_literals;
using ::testing::ElementsAre;

constexpr auto cancel_reply = "HTTP/1.1 200 OK\r\n"
                              "x-amzn-RequestId: 0a1b\r\n"
                              "Content-Type: application/x-amz-json-1.0\r\n"
                              "Content-Length: 41\r\n"
                              "\r\n"
                              R"({"ApproximateNumberOfMessagesMoved":1234})"sv;

constexpr auto chunked_reply = "HTTP/1.1 400 Bad Request\r\n"
                               "Transfer-Encoding: chunked\r\n"
                               "X-Amzn-Errortype: Oops\r\n"
                               "\r\n"
                               "5\r\n{\"a\":\r\n"
                               "A;name=value;other=\"quoted\"\r\n 123456789\r\n"
                               "1\r\n}\r\n"
                               "0\r\n"
                               "Expires: never\r\n"
                               "\r\n"sv;

constexpr auto empty_chunked_reply =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"sv;

constexpr auto interim_reply = "HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\n"
                               "HTTP/1.1 103 Early Hints\r\n\r\n"
                               "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"sv;

constexpr auto no_content = "HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n"sv;

constexpr std::string_view whole_replies[] = {
    cancel_reply, chunked_reply, empty_chunked_reply, interim_reply, no_content};

std::string described(const http_reply& reply) {
    auto text = std::to_string(reply.status) + " " + reply.reason + "|";
    for (const auto& [name, value] : reply.headers)
        text += name + "=" + value + "|";
    return text + reply.body + (reply.keep_alive ? "|keep" : "|close");
}

std::string read_whole(std::string_view bytes) {
    reply_parser parser;
    EXPECT_EQ(parser.feed(bytes), bytes.size());
    EXPECT_TRUE(parser.done());
    return described(parser.reply());
}

http_error error_of(std::string_view bytes, http_limits limits = {}) {
    reply_parser parser{limits};
    parser.feed(bytes);
    EXPECT_FALSE(parser.done());
    return parser.error();
}

TEST(ReplyParser, ReadsStatusHeadersAndBody) {
    EXPECT_EQ(read_whole(cancel_reply),
              "200 OK|x-amzn-RequestId=0a1b|Content-Type=application/x-amz-json-1.0|"
              "Content-Length=41|{\"ApproximateNumberOfMessagesMoved\":1234}|keep");
}

TEST(ReplyParser, DecodesChunksAndDropsExtensionsAndTrailers) {
    EXPECT_EQ(read_whole(chunked_reply),
              "400 Bad Request|Transfer-Encoding=chunked|X-Amzn-Errortype=Oops|"
              "{\"a\": 123456789}|keep");
}

TEST(ReplyParser, SkipsInterimReplies) {
    EXPECT_EQ(read_whole(interim_reply), "200 OK|Content-Length=2|ok|keep");
}

TEST(ReplyParser, EndsAfterTheHeaderWhenTheStatusHasNoBody) {
    EXPECT_EQ(read_whole(no_content), "204 No Content|Server=x||keep");
    EXPECT_EQ(read_whole("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"),
              "304 Not Modified|Content-Length=5||keep");
    EXPECT_EQ(read_whole("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n"),
              "200 |Content-Length=0||keep");
}

TEST(ReplyParser, ReadsTheSameInEveryTwoPieces) {
    for (const auto bytes : whole_replies) {
        const auto expected = read_whole(bytes);
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
            reply_parser parser;
            ASSERT_EQ(parser.feed(bytes.substr(0, cut)), cut);
            ASSERT_EQ(parser.started(), cut > 0);
            ASSERT_EQ(parser.done(), cut == bytes.size()) << cut;
            ASSERT_EQ(parser.feed(bytes.substr(cut)), bytes.size() - cut) << cut;
            ASSERT_TRUE(parser.done()) << cut;
            ASSERT_EQ(described(parser.reply()), expected) << cut;
        }
    }
}

TEST(ReplyParser, ReadsTheSameInPiecesOfEverySize) {
    for (const auto bytes : whole_replies)
        for (std::size_t size = 1; size < bytes.size(); ++size) {
            reply_parser parser;
            for (std::size_t at = 0; at < bytes.size(); at += size)
                ASSERT_EQ(parser.feed(bytes.substr(at, size)), std::min(size, bytes.size() - at));
            ASSERT_TRUE(parser.done()) << size;
            ASSERT_EQ(described(parser.reply()), read_whole(bytes));
        }
}

TEST(ReplyParser, IsTruncatedByTheEndAfterEveryPrefix) {
    for (const auto bytes : whole_replies)
        for (std::size_t n = 1; n < bytes.size(); ++n) {
            reply_parser parser;
            parser.feed(bytes.substr(0, n));
            parser.feed_eof();
            ASSERT_EQ(parser.error(), http_error::truncated) << n << " of\n" << bytes;
            ASSERT_FALSE(parser.done());
        }
}

TEST(ReplyParser, TakesAnEndBetweenRepliesForNoError) {
    reply_parser parser;
    parser.feed_eof();
    EXPECT_FALSE(parser.started());
    EXPECT_FALSE(parser.done());
    EXPECT_EQ(parser.error(), http_error::none);
    parser.feed(cancel_reply);
    parser.feed_eof();
    EXPECT_TRUE(parser.done());
    EXPECT_EQ(parser.error(), http_error::none);
}

TEST(ReplyParser, ReadsABodyThatTheEndOfTheConnectionDelimits) {
    constexpr auto bytes = "HTTP/1.1 200 OK\r\nServer: x\r\n\r\nuntil the end"sv;
    const auto header_size = bytes.find("until");
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        reply_parser parser;
        ASSERT_EQ(parser.feed(bytes.substr(0, cut)), cut);
        ASSERT_EQ(parser.feed(bytes.substr(cut)), bytes.size() - cut);
        ASSERT_FALSE(parser.done());
        parser.feed_eof();
        ASSERT_EQ(described(parser.reply()), "200 OK|Server=x|until the end|close");
    }
    reply_parser empty;
    empty.feed(bytes.substr(0, header_size));
    empty.feed_eof();
    EXPECT_TRUE(empty.done());
    EXPECT_EQ(described(empty.reply()), "200 OK|Server=x||close");
}

TEST(ReplyParser, NeverReadsPastTheEndOfAReply) {
    for (const auto bytes : whole_replies) {
        const auto two = std::string{bytes} + "HTTP/1.1 500 Next\r\n";
        for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
            reply_parser parser;
            parser.feed(std::string_view{two}.substr(0, cut));
            ASSERT_EQ(parser.feed(std::string_view{two}.substr(cut)), bytes.size() - cut) << cut;
            ASSERT_TRUE(parser.done());
            ASSERT_EQ(parser.feed("HTTP/1.1 200"), 0U) << "waits for next()";
        }
    }
}

TEST(ReplyParser, ReadsPipelinedRepliesBackToBackInEveryTwoPieces) {
    std::string stream;
    std::vector<std::string> expected;
    for (const auto bytes : whole_replies) {
        stream += bytes;
        expected.push_back(read_whole(bytes));
    }
    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        reply_parser parser;
        std::vector<std::string> seen;
        for (auto rest :
             {std::string_view{stream}.substr(0, cut), std::string_view{stream}.substr(cut)})
            while (!rest.empty()) {
                rest.remove_prefix(parser.feed(rest));
                ASSERT_EQ(parser.error(), http_error::none);
                if (!parser.done()) continue;
                seen.push_back(described(parser.reply()));
                parser.next();
                ASSERT_FALSE(parser.started());
            }
        ASSERT_EQ(seen, expected) << cut;
    }
}

TEST(ReplyParser, StartsAfreshAfterAnError) {
    reply_parser parser;
    parser.feed("HTTP/2 200 OK\r\n\r\n");
    ASSERT_EQ(parser.error(), http_error::malformed);
    EXPECT_EQ(parser.feed(cancel_reply), 0U);
    parser.feed_eof();
    EXPECT_EQ(parser.error(), http_error::malformed) << "the first error stays";
    parser.next();
    EXPECT_EQ(parser.error(), http_error::none);
    EXPECT_EQ(parser.feed(cancel_reply), cancel_reply.size());
    EXPECT_TRUE(parser.done());
}

TEST(ReplyParser, KeepsTheConnectionOnlyWhenItIsHttp11AndNotClosed) {
    const auto keeps = [](std::string_view version, std::string_view header) {
        reply_parser parser;
        parser.feed("HTTP/" + std::string{version} + " 200 OK\r\nContent-Length: 0\r\n" +
                    std::string{header} + "\r\n");
        EXPECT_TRUE(parser.done());
        return parser.reply().keep_alive;
    };
    EXPECT_TRUE(keeps("1.1", ""));
    EXPECT_TRUE(keeps("1.1", "Connection: keep-alive\r\n"));
    EXPECT_FALSE(keeps("1.1", "Connection: close\r\n"));
    EXPECT_FALSE(keeps("1.1", "connection: foo, CLOSE\r\n"));
    EXPECT_FALSE(keeps("1.0", ""));
    EXPECT_FALSE(keeps("1.0", "Connection: keep-alive\r\n"));
}

TEST(ReplyParser, RefusesWhatIsNotHttp1) {
    for (const auto bytes : {"<html></html>"sv,
                             "\r\nHTTP/1.1 200 OK\r\n"sv,
                             "\x15\x03\x01\x00\x02\x02\x46\x15"sv, // TLS alerts
                             "HTTP/2.0 200 OK\r\n\r\n"sv,
                             "HTTP/1.2 200 OK\r\n\r\n"sv,
                             "ICY 200 OK\r\n\r\n"sv,
                             "HTTP/1.1 20x OK\r\n\r\n"sv,
                             "HTTP/1.1 099 OK\r\n\r\n"sv,
                             "HTTP/1.1 2000 OK\r\n\r\n"sv,
                             "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"sv,
                             "HTTP/1.1 200 OK\nContent-Length: 0\n\n"sv,
                             "HTTP/1.1 200 OK\r\nNo colon\r\n\r\n"sv,
                             "HTTP/1.1 200 OK\r\nSpace : x\r\n\r\n"sv,
                             "HTTP/1.1 200 OK\r\nA: x\0y\r\n\r\n"sv})
        EXPECT_EQ(error_of(bytes), http_error::malformed) << bytes;
}

TEST(ReplyParser, RefusesDoubtAboutWhereTheBodyEnds) {
    for (const auto headers : {"Content-Length: 1\r\nContent-Length: 2\r\n"sv,
                               "Content-Length: 1, 2\r\n"sv,
                               "Content-Length: -1\r\n"sv,
                               "Content-Length: 0x1\r\n"sv,
                               "Content-Length: 99999999999999999999999\r\n"sv,
                               "Content-Length:\r\n"sv,
                               "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"sv,
                               "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n"sv,
                               "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"sv,
                               "Transfer-Encoding: gzip\r\n"sv,
                               "Transfer-Encoding: gzip, chunked\r\n"sv,
                               "Transfer-Encoding: chunked, identity\r\n"sv})
        EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\n" + std::string{headers} + "\r\n"),
                  http_error::malformed)
            << headers;
    EXPECT_EQ(error_of("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
              http_error::malformed);
}

TEST(ReplyParser, AcceptsTheSameContentLengthTwice) {
    reply_parser parser;
    parser.feed("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx");
    EXPECT_TRUE(parser.done());
    EXPECT_EQ(parser.reply().body, "x");
}

TEST(ReplyParser, RefusesBadChunks) {
    for (const auto body : {"xyz\r\n"sv,
                            "\r\n\r\n\r\n"sv,
                            "-12\r\n"sv,
                            "3\nabc\r\n"sv,
                            "3\r\nabcd\r\n0\r\n\r\n"sv,
                            "3\r\nabc0\r\n\r\n"sv,
                            "3 3\r\nabc\r\n"sv,
                            "fffffffffffffffff\r\n"sv,
                            "0\r\nNo colon\r\n\r\n"sv,
                            "0\r\nContent-Length: 5\r\n\r\n"sv})
        for (std::size_t cut = 0; cut <= body.size(); ++cut) {
            reply_parser parser;
            parser.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            parser.feed(body.substr(0, cut));
            parser.feed(body.substr(cut));
            ASSERT_FALSE(parser.done());
            ASSERT_EQ(parser.error(), http_error::malformed) << body;
        }
}

TEST(ReplyParser, RefusesALargeBodyAsSoonAsItIsAnnounced) {
    EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n"),
              http_error::too_large);
    EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n", {.body_bytes = 10}),
              http_error::too_large);
    reply_parser parser{{.body_bytes = 10}};
    parser.feed("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789");
    EXPECT_TRUE(parser.done());
}

TEST(ReplyParser, RefusesChunksThatPassTheBound) {
    constexpr auto header = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"sv;
    const auto error_after = [&](std::string_view body) {
        return error_of(std::string{header} + std::string{body}, {.body_bytes = 10});
    };
    EXPECT_EQ(error_after("b\r\n"), http_error::too_large);
    EXPECT_EQ(error_after("6\r\n012345\r\n5\r\n"), http_error::too_large);
    EXPECT_EQ(error_after("6\r\n012345\r\n4\r\n6789\r\n1\r\n"), http_error::too_large);
    EXPECT_EQ(error_after("6\r\n012345\r\n4\r\n6789\r\n"), http_error::none);
}

TEST(ReplyParser, RefusesAnEndlessBody) {
    reply_parser parser{{.body_bytes = 1000}};
    parser.feed("HTTP/1.1 200 OK\r\n\r\n");
    const std::string piece(300, 'x');
    EXPECT_EQ(parser.feed(piece), piece.size());
    for (int i = 0; i < 3; ++i)
        parser.feed(piece);
    EXPECT_EQ(parser.error(), http_error::too_large);
}

TEST(ReplyParser, RefusesAHeaderBeyondItsBoundInPiecesOfAnySize) {
    const auto header = "HTTP/1.1 200 OK\r\nA: " + std::string(50, 'a') +
                        "\r\nB: " + std::string(50, 'b') + "\r\nContent-Length: 0\r\n\r\n";
    for (std::size_t piece = 1; piece <= header.size(); ++piece)
        for (const auto bound : {header.size() - 1, header.size()}) {
            reply_parser parser{{.header_bytes = bound}};
            for (std::size_t at = 0; at < header.size(); at += piece)
                parser.feed(std::string_view{header}.substr(at, piece));
            ASSERT_EQ(parser.done(), bound == header.size()) << piece;
            ASSERT_EQ(parser.error() == http_error::too_large, bound != header.size()) << piece;
        }
}

TEST(ReplyParser, RefusesEndlessHeadersInterimRepliesAndTrailers) {
    const auto error_after = [](std::string_view start, std::string_view repeated) {
        reply_parser parser{{.header_bytes = 10'000}};
        parser.feed(start);
        for (int i = 0; i < 2'000 && parser.error() == http_error::none; ++i)
            parser.feed(repeated);
        return parser.error();
    };
    EXPECT_EQ(error_after("", "HTTP/1.1 100 Continue\r\n\r\n"), http_error::too_large);
    EXPECT_EQ(error_after("HTTP/1.1 200 ", "reason "), http_error::too_large);
    EXPECT_EQ(error_after("HTTP/1.1 200 OK\r\n", "A: value\r\n"), http_error::too_large);
    constexpr auto chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"sv;
    EXPECT_EQ(error_after(std::string{chunked} + "1;", "extension"), http_error::too_large);
    EXPECT_EQ(error_after(std::string{chunked} + "0\r\n", "A: value\r\n"), http_error::too_large);
}

TEST(ReplyParser, LeavesReadablePaddingBehindTheBody) {
    for (const std::size_t size : {0U, 1U, 2U, 15U, 16U, 100U, 100'000U, 3'000'000U}) {
        const std::string body(size, 'b');
        reply_parser parser;
        parser.feed("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n");
        parser.feed(body);
        ASSERT_TRUE(parser.done());
        EXPECT_EQ(parser.reply().body, body);
        EXPECT_GE(parser.reply().body.capacity(), size + json_reader::padding);
    }
    reply_parser chunked;
    chunked.feed(chunked_reply);
    EXPECT_GE(chunked.reply().body.capacity(), chunked.reply().body.size() + json_reader::padding);
}

TEST(ReplyParser, ReusesTheMemoryOfTheReplyBefore) {
    const auto longer_than_inline = std::string(40, 'v');
    const auto bytes = "HTTP/1.1 200 OK\r\nFirst: " + longer_than_inline +
                       "\r\nSecond: " + longer_than_inline + "\r\nContent-Length: 2\r\n\r\n{}";
    reply_parser parser;
    const auto addresses = [&] {
        parser.next();
        parser.feed(bytes);
        const auto& reply = parser.reply();
        return std::vector<const void*>{
            reply.body.data(), reply.headers[0].value.data(), reply.headers[1].value.data()};
    };
    const auto first = addresses();
    EXPECT_EQ(addresses(), first);
    EXPECT_EQ(addresses(), first);
}

TEST(ReplyParser, DoesNotKeepTheMemoryOfALargeBody) {
    reply_parser parser;
    parser.feed("HTTP/1.1 200 OK\r\nContent-Length: 4000000\r\n\r\n");
    parser.feed(std::string(4'000'000, 'x'));
    ASSERT_TRUE(parser.done());
    parser.next();
    parser.feed(cancel_reply);
    EXPECT_LT(parser.reply().body.capacity(), 100'000U);
}

TEST(ReplyParser, GoesOnWhereItWasWhenItIsMoved) {
    reply_parser first;
    first.feed(cancel_reply.substr(0, 30));
    reply_parser second{std::move(first)};
    second.feed(cancel_reply.substr(30));
    EXPECT_EQ(described(second.reply()), read_whole(cancel_reply));
}

constexpr auto cancel_request = "POST / HTTP/1.1\r\n"
                                "Host: sqs.eu-west-1.amazonaws.com\r\n"
                                "X-Amz-Target: AmazonSQS.CancelMessageMoveTask\r\n"
                                "Content-Length: 18\r\n"
                                "\r\n"
                                R"({"TaskHandle":"x"})"sv;

constexpr auto chunked_request = "PUT /latest/api/token?a=b%20c HTTP/1.1\r\n"
                                 "Transfer-Encoding: chunked\r\n"
                                 "\r\n"
                                 "3\r\nabc\r\n0\r\n\r\n"sv;

constexpr auto get_request = "GET /path HTTP/1.1\r\nConnection: close\r\n\r\n"sv;

std::string described(const http_request& request) {
    auto text = request.method + " " + request.target + "|";
    for (const auto& [name, value] : request.headers)
        text += name + "=" + value + "|";
    return text + request.body + (request.keep_alive ? "|keep" : "|close");
}

TEST(RequestParser, ReadsPipelinedRequestsInEveryTwoPieces) {
    const auto stream = std::string{cancel_request} + std::string{chunked_request} +
                        std::string{cancel_request} + std::string{get_request};
    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        request_parser parser;
        std::vector<std::string> seen;
        for (auto rest :
             {std::string_view{stream}.substr(0, cut), std::string_view{stream}.substr(cut)})
            while (!rest.empty()) {
                rest.remove_prefix(parser.feed(rest));
                ASSERT_EQ(parser.error(), http_error::none);
                if (!parser.done()) continue;
                seen.push_back(described(parser.request()));
                parser.next();
            }
        const auto cancel = "POST /|Host=sqs.eu-west-1.amazonaws.com|"
                            "X-Amz-Target=AmazonSQS.CancelMessageMoveTask|Content-Length=18|{"
                            "\"TaskHandle\":\"x\"}|keep";
        ASSERT_THAT(seen,
                    ElementsAre(cancel,
                                "PUT /latest/api/token?a=b%20c|Transfer-Encoding=chunked|abc|keep",
                                cancel,
                                "GET /path|Connection=close||close"));
    }
}

TEST(RequestParser, IsNotDoneAfterAnyPrefix) {
    for (const auto bytes : {cancel_request, chunked_request, get_request})
        for (std::size_t n = 0; n < bytes.size(); ++n) {
            request_parser parser;
            ASSERT_EQ(parser.feed(bytes.substr(0, n)), n);
            ASSERT_FALSE(parser.done());
            ASSERT_EQ(parser.error(), http_error::none);
            ASSERT_EQ(parser.started(), n > 0);
        }
}

TEST(RequestParser, RefusesWhatCouldSmuggleASecondRequest) {
    for (const auto bytes :
         {"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"sv,
          "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"sv,
          "POST / HTTP/1.1\r\nTransfer-Encoding: identity\r\n\r\n"sv,
          "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, x\r\n\r\n"sv,
          "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"sv,
          "POST /a b HTTP/1.1\r\n\r\n"sv,
          "POST / HTTP/3.0\r\n\r\n"sv,
          "POST / HTTP/1.1\n\n"sv,
          "PO(ST / HTTP/1.1\r\n\r\n"sv}) {
        request_parser parser;
        parser.feed(bytes);
        EXPECT_FALSE(parser.done()) << bytes;
        EXPECT_EQ(parser.error(), http_error::malformed) << bytes;
    }
}

TEST(RequestParser, EnforcesItsBounds) {
    request_parser large_body{{.body_bytes = 10}};
    large_body.feed("POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n");
    EXPECT_EQ(large_body.error(), http_error::too_large);
    request_parser long_target{{.header_bytes = 100}};
    long_target.feed("GET /" + std::string(200, 'a'));
    EXPECT_EQ(long_target.error(), http_error::too_large);
}

} // namespace
} // namespace redrive::wire
