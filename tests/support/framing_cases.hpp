#pragma once

#include <string>
#include <string_view>

namespace redrive::test {

enum class after_bytes : std::uint8_t { stays, ends };

// What a server says to three requests, and what must come of it (RFC 9112, sections 6 to 9).
struct framing_case {
    const char* name;
    std::string bytes;
    // What the parser makes of it: `status:body`, `/close` after the last one, `!` and the error,
    // `...` in mid-reply.
    std::string_view read;
    // The outcome of each request: the body of its reply, `-` for an empty one; `a`, `b`, `c` when
    // it was asked again on another connection, which answers with the request's name; `!` and the
    // error.
    std::string_view outcomes;
    after_bytes then = after_bytes::stays;
};

inline std::string sized(std::string_view body, std::string_view headers = {}) {
    std::string text{"HTTP/1.1 200 OK\r\nContent-Length: "};
    text.append(std::to_string(body.size())).append("\r\n").append(headers).append("\r\n");
    return text.append(body);
}

inline std::string headed(std::string_view headers, std::string_view rest) {
    std::string text{"HTTP/1.1 200 OK\r\n"};
    return text.append(headers).append("\r\n").append(rest);
}

inline std::string chunked(std::string_view chunks) {
    return headed("Transfer-Encoding: chunked\r\n", chunks);
}

inline const framing_case framing_cases[] = {
    // --- in order
    {"ThreeReplies", sized("1") + sized("2") + sized("3"), "200:1 200:2 200:3", "1 2 3"},
    {"OneReplyTooMany",
     sized("1") + sized("2") + sized("3") + sized("4"),
     "200:1 200:2 200:3 200:4",
     "1 2 3"},
    {"AnEmptyLineBehindTheLast",
     sized("1") + sized("2") + sized("3") + "\r\n",
     "200:1 200:2 200:3 !malformed",
     "1 2 3"},
    {"JunkBetweenReplies", sized("1") + "xx" + sized("2"), "200:1 !malformed", "1 !malformed c"},
    {"AnEmptyLineBetweenReplies",
     sized("1") + "\r\n" + sized("2"),
     "200:1 !malformed",
     "1 !malformed c"},
    {"NothingAtAll", "", "", "!lost b c", after_bytes::ends},
    {"TheEndBehindTheFirst", sized("1"), "200:1", "1 !lost c", after_bytes::ends},

    // --- Content-Length
    {"ABodyLongerThanItsLength",
     headed("Content-Length: 1\r\n", "1x") + sized("2"),
     "200:1 !malformed",
     "1 !malformed c"},
    {"ABodyShorterThanItsLength",
     headed("Content-Length: 5\r\n", "1") + sized("2"),
     "200:1HTTP !malformed",
     "1HTTP !malformed c"},
    {"TwoEqualLengths",
     headed("Content-Length: 1\r\nContent-Length: 1\r\n", "1") + sized("2") + sized("3"),
     "200:1 200:2 200:3",
     "1 2 3"},
    {"TwoDifferentLengths",
     headed("Content-Length: 1\r\nContent-Length: 2\r\n", "1") + sized("2") + sized("3"),
     "!malformed",
     "!malformed b c"},
    {"AListOfLengths",
     headed("Content-Length: 1, 2\r\n", "1") + sized("2"),
     "!malformed",
     "!malformed b c"},
    {"ANegativeLength", headed("Content-Length: -1\r\n", "1"), "!malformed", "!malformed b c"},
    {"ASignedLength", headed("Content-Length: +1\r\n", "1"), "!malformed", "!malformed b c"},
    {"AHexadecimalLength", headed("Content-Length: 0x1\r\n", "1"), "!malformed", "!malformed b c"},
    {"AnOverflowingLength",
     headed("Content-Length: 18446744073709551617\r\n", "1"),
     "!malformed",
     "!malformed b c"},
    {"AnImmenseLength",
     headed("Content-Length: 18446744073709551615\r\n", "1"),
     "!too_large",
     "!too_large b c"},
    {"ALengthInMidWindow",
     sized("1") + headed("Content-Length: 1\r\nContent-Length: 2\r\n", "2") + sized("3"),
     "200:1 !malformed",
     "1 !malformed c"},

    // --- Transfer-Encoding
    {"ALengthAndChunks",
     headed("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "1\r\n1\r\n0\r\n\r\n"),
     "!malformed",
     "!malformed b c"},
    {"ChunksAndALength",
     headed("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n", "1\r\n1\r\n0\r\n\r\n"),
     "!malformed",
     "!malformed b c"},
    {"AnotherCoding",
     headed("Transfer-Encoding: gzip\r\n", "1"),
     "!malformed",
     "!malformed b c",
     after_bytes::ends},
    {"ACodingAroundChunks",
     headed("Transfer-Encoding: gzip, chunked\r\n", "1\r\n1\r\n0\r\n\r\n"),
     "!malformed",
     "!malformed b c"},
    {"ChunksTwice",
     headed("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
     "!malformed",
     "!malformed b c"},
    {"ChunksInHttp10",
     "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n1\r\n0\r\n\r\n",
     "!malformed",
     "!malformed b c"},
    {"ChunkedRepliesInMidWindow",
     sized("1") + chunked("1\r\n2\r\n0\r\n\r\n") + chunked("2\r\n33\r\n1\r\n3\r\n0\r\n\r\n"),
     "200:1 200:2 200:333",
     "1 2 333"},
    {"ChunkExtensionsAndTrailers",
     chunked("1;name=value;other=\"quoted\"\r\n1\r\n0;last\r\nExpires: never\r\n\r\n") +
         sized("2") + sized("3"),
     "200:1 200:2 200:3",
     "1 2 3"},
    {"NoChunkSize", chunked("\r\n1\r\n0\r\n\r\n"), "!malformed", "!malformed b c"},
    {"AChunkSizeInWords", chunked("one\r\n1\r\n0\r\n\r\n"), "!malformed", "!malformed b c"},
    {"ANegativeChunkSize", chunked("-1\r\n1\r\n0\r\n\r\n"), "!malformed", "!malformed b c"},
    {"ASignedChunkSize", chunked("+1\r\n1\r\n0\r\n\r\n"), "!malformed", "!malformed b c"},
    {"APrefixedChunkSize", chunked("0x1\r\n1\r\n0\r\n\r\n"), "!malformed", "!malformed b c"},
    {"AnOverflowingChunkSize",
     chunked("10000000000000001\r\n1\r\n0\r\n\r\n"),
     "!malformed",
     "!malformed b c"},
    {"AnImmenseChunkSize",
     chunked("ffffffffffffffff\r\n1\r\n0\r\n\r\n"),
     "!too_large",
     "!too_large b c"},
    {"AChunkLongerThanItsSize", chunked("1\r\n12\r\n0\r\n\r\n"), "!malformed", "!malformed b c"},
    {"AChunkSizeBehindABareLineFeed", chunked("1\n1\r\n0\r\n\r\n"), "!malformed", "!malformed b c"},
    {"AnExtensionWithABareLineFeed",
     chunked("1;a\nb\r\n1\r\n0\r\n\r\n"),
     "!malformed",
     "!malformed b c"},
    {"ATrailerThatIsAFramingHeader",
     chunked("1\r\n1\r\n0\r\nContent-Length: 5\r\n\r\n"),
     "!malformed",
     "!malformed b c"},
    {"ChunksWithoutTheirLast", chunked("1\r\n1\r\n"), "!truncated", "!lost b c", after_bytes::ends},

    // --- interim replies
    {"InterimReplies",
     "HTTP/1.1 100 Continue\r\n\r\n" + sized("1") +
         "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" +
         sized("2") + sized("3"),
     "200:1 200:2 200:3",
     "1 2 3"},
    {"AnInterimReplyThatClaimsABody",
     "HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\n" + sized("1") + sized("2") + sized("3"),
     "200:1 200:2 200:3",
     "1 2 3"},
    {"AnInterimReplyOnly",
     "HTTP/1.1 100 Continue\r\n\r\n",
     "!truncated",
     "!lost b c",
     after_bytes::ends},
    {"AnInterimReplyBehindTheLast",
     sized("1") + sized("2") + sized("3") + "HTTP/1.1 103 Early Hints\r\n\r\n",
     "200:1 200:2 200:3 ...",
     "1 2 3"},
    {"AnotherProtocol",
     "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
     "!malformed",
     "!malformed b c"},

    // --- the end of the connection
    {"AnAnnouncedEndInMidWindow",
     sized("1") + sized("2", "Connection: close\r\n") + sized("3"),
     "200:1 200:2/close",
     "1 2 c"},
    {"AnEndAmongOtherOptions",
     sized("1", "Connection: keep-alive, Close\r\n") + sized("2"),
     "200:1/close",
     "1 b c"},
    {"Http10",
     "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n1" + sized("2"),
     "200:1/close",
     "1 b c",
     after_bytes::ends},
    {"Http10ThatWouldBeKept",
     "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\n1" + sized("2"),
     "200:1/close",
     "1 b c"},
    {"Http10ToTheEnd",
     "HTTP/1.0 200 OK\r\n\r\n1234",
     "200:1234/close",
     "1234 b c",
     after_bytes::ends},
    {"ABodyToTheEnd",
     sized("1") + headed("Server: x\r\n", "2222"),
     "200:1 200:2222/close",
     "1 2222 c",
     after_bytes::ends},

    // --- replies without a body
    {"NoContent",
     "HTTP/1.1 204 No Content\r\n\r\n" + sized("2") + sized("3"),
     "204: 200:2 200:3",
     "- 2 3"},
    {"NotModifiedWithTheLengthOfWhatItIsNot",
     sized("1") + "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n" + sized("3"),
     "200:1 304: 200:3",
     "1 - 3"},
    {"NoContentWithContent",
     "HTTP/1.1 204 No Content\r\nContent-Length: 1\r\n\r\nx" + sized("2"),
     "204: !malformed",
     "- !malformed c"},

    // --- lines
    {"LowerCase", "http/1.1 200 OK\r\n\r\n", "!malformed", "!malformed b c"},
    {"AnotherVersion", "HTTP/2.0 200 OK\r\n\r\n", "!malformed", "!malformed b c"},
    {"AShortStatus", "HTTP/1.1 20 OK\r\n\r\n", "!malformed", "!malformed b c"},
    {"BareLineFeeds", "HTTP/1.1 200 OK\nContent-Length: 1\n\n1", "!malformed", "!malformed b c"},
    {"AnotherSpeaker", "SSH-2.0-OpenSSH_9.2\r\n", "!malformed", "!malformed b c"},
    {"ABlankBeforeTheColon", headed("Content-Length : 1\r\n", "1"), "!malformed", "!malformed b c"},
    {"AHeaderWithoutAName", headed(": 1\r\n", "1"), "!malformed", "!malformed b c"},
};

} // namespace redrive::test
