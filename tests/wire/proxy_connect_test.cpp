#include "wire/proxy_connect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wire/http_parser.hpp"

namespace redrive::wire {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

proxy_address proxy(std::string_view url = "http://user:hush@proxy.corp:3128") {
    return *parse_proxy_url(url);
}

TEST(ProxyConnect, AsksForTheHostWithItsPort) {
    EXPECT_EQ(connect_request(proxy("proxy.corp"), connect_authority("sqs.example", 443)),
              "CONNECT sqs.example:443 HTTP/1.1\r\nHost: sqs.example:443\r\n\r\n");
    EXPECT_EQ(connect_authority("2001:db8::1", 8443), "[2001:db8::1]:8443");
}

TEST(ProxyConnect, AuthenticatesToTheProxy) {
    EXPECT_EQ(connect_request(proxy(), "sqs.example:443"),
              "CONNECT sqs.example:443 HTTP/1.1\r\nHost: sqs.example:443\r\n"
              "Proxy-Authorization: Basic dXNlcjpodXNo\r\n\r\n");
}

TEST(ProxyConnect, CannotBeMadeToSayMore) {
    EXPECT_EQ(connect_request(proxy("proxy.corp"), "a\r\nX: y"),
              "CONNECT a--X: y HTTP/1.1\r\nHost: a--X: y\r\n\r\n");
}

TEST(ProxyConnect, TellsRefusalsFromFailures) {
    for (const auto status : {400u, 401u, 403u, 404u, 405u, 407u, 451u})
        EXPECT_EQ(explain_refusal(proxy(), "h:443", status, "").ec, client_errc::proxy_refused)
            << status;
    for (const auto status : {301u, 408u, 429u, 500u, 502u, 503u, 504u, 599u})
        EXPECT_EQ(explain_refusal(proxy(), "h:443", status, "").ec, client_errc::proxy_failed)
            << status;
}

TEST(ProxyConnect, SaysInWordsWhatWentWrong) {
    const auto detail = [](unsigned status, std::string_view reason, std::string_view url) {
        return explain_refusal(proxy(url), "h:443", status, reason).detail;
    };
    const auto* with_user = "http://user:hush@p:3128";
    EXPECT_EQ(detail(407, "Authentication Required", "p:3128"),
              "proxy http://p:3128 wants a user and password in its URL (407 Authentication "
              "Required)");
    EXPECT_EQ(detail(407, "What is dXNlcjpw?", "user:p@p:3128"),
              "proxy http://p:3128 does not accept the user and password of its URL (407 What is "
              "...?)");
    EXPECT_EQ(detail(407, "", with_user),
              "proxy http://p:3128 does not accept the user and password of its URL (407)");
    EXPECT_EQ(detail(403, "Forbidden", with_user),
              "proxy http://p:3128 forbids connections to h:443 (403 Forbidden)");
    EXPECT_EQ(detail(502, "Bad Gateway", with_user),
              "proxy http://p:3128 cannot reach h:443 (502 Bad Gateway)");
    EXPECT_EQ(detail(500, "Oops", with_user),
              "proxy http://p:3128 did not connect to h:443 (500 Oops)");
    EXPECT_LT(detail(500, std::string(9000, 'x'), with_user).size(), 200u);
}

// A proxy may announce a body that a tunnel cannot have (RFC 9110 section 9.3.6).
TEST(ProxyConnect, EndsAnAnswerWithItsHeader) {
    for (const std::string_view answer :
         {"HTTP/1.1 200 Connection established\r\n\r\n",
          "HTTP/1.0 200 OK\r\nProxy-agent: old/1\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
          "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic\r\nContent-Length: 3\r\n\r\n"}) {
        for (std::size_t cut = 0; cut <= answer.size(); ++cut) {
            reply_parser parser{{.header_only = true}};
            auto used = parser.feed(answer.substr(0, cut));
            EXPECT_EQ(parser.done(), cut == answer.size()) << answer << " cut at " << cut;
            used += parser.feed(std::string{answer.substr(cut)} + "\x16\x03");
            ASSERT_TRUE(parser.done()) << answer << " cut at " << cut;
            EXPECT_TRUE(cut == answer.size() || used == answer.size())
                << "the rest is the tunnel's";
            EXPECT_TRUE(parser.reply().body.empty());
        }
    }
}

} // namespace
} // namespace redrive::wire
