#include "wire/web_request.hpp"

#include <gtest/gtest.h>

namespace redrive::wire {
namespace {

web_request request_to(std::string_view url) {
    web_request out;
    out.where = parse_endpoint(url).value();
    return out;
}

std::string rendered(const web_request& what) {
    std::string out;
    append_request(out, what);
    return out;
}

TEST(WebRequest, AsksAndCloses) {
    auto request = request_to("http://169.254.169.254");
    request.target = "/latest/meta-data/?a=b";
    request.headers = {{"Accept", "application/json"}, {"X-Token", "t"}};
    EXPECT_EQ(rendered(request),
              "GET /latest/meta-data/?a=b HTTP/1.1\r\nHost: 169.254.169.254\r\n"
              "Accept: application/json\r\nX-Token: t\r\nConnection: close\r\n\r\n");
}

TEST(WebRequest, SaysHowLongItsBodyIs) {
    auto request = request_to("https://sts.example:8443");
    request.method = "POST";
    request.body = "a=b";
    EXPECT_EQ(rendered(request),
              "POST / HTTP/1.1\r\nHost: sts.example:8443\r\nContent-Length: 3\r\n"
              "Connection: close\r\n\r\na=b");
}

TEST(WebRequest, SaysThatAPostOrPutHasNoBody) {
    for (const auto* method : {"POST", "PUT"}) {
        auto request = request_to("http://[fd00:ec2::254]");
        request.method = method;
        EXPECT_EQ(rendered(request),
                  std::string{method} + " / HTTP/1.1\r\nHost: [fd00:ec2::254]\r\n" +
                      "Content-Length: 0\r\nConnection: close\r\n\r\n");
    }
}

TEST(WebRequest, IsAppended) {
    std::string out = "before";
    append_request(out, request_to("http://h"));
    EXPECT_EQ(out, "beforeGET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
}

TEST(WebRequest, CannotBeMadeToSayMore) {
    auto request = request_to("http://h");
    request.where.host = "h\r\nA";
    request.target = "/\r\nB: 2";
    request.headers = {{"Token", "t\r\nC: 3"}};
    EXPECT_EQ(rendered(request),
              "GET /--B: 2 HTTP/1.1\r\nHost: h--A\r\nToken: t--C: 3\r\n"
              "Connection: close\r\n\r\n");
}

} // namespace
} // namespace redrive::wire
