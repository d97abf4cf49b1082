#include "wire/proxy_address.hpp"

#include <gtest/gtest.h>

namespace redrive::wire {
namespace {

std::string name_of(std::string_view url) {
    const auto parsed = parse_proxy_url(url);
    return parsed ? parsed->name() : "refused";
}

std::string authorization_of(std::string_view url) {
    const auto parsed = parse_proxy_url(url);
    return parsed ? std::string{parsed->authorization.reveal()} : "refused";
}

TEST(ProxyAddress, IsReadWithAndWithoutASchemeAndAPort) {
    EXPECT_EQ(name_of("http://proxy.corp:3128"), "http://proxy.corp:3128");
    EXPECT_EQ(name_of("HTTP://Proxy.Corp:3128/"), "http://proxy.corp:3128");
    EXPECT_EQ(name_of("https://proxy.corp"), "https://proxy.corp:443");
    EXPECT_EQ(name_of("http://proxy.corp"), "http://proxy.corp:80");
    EXPECT_EQ(name_of("proxy.corp:3128"), "http://proxy.corp:3128");
    EXPECT_EQ(name_of("proxy"), "http://proxy:80");
    EXPECT_EQ(name_of(" http://10.0.0.1:8080 "), "http://10.0.0.1:8080");
    EXPECT_EQ(name_of("http://[FD00::1]:3128"), "http://[fd00::1]:3128");
}

TEST(ProxyAddress, AuthenticatesWithTheUserInformationOfTheUrl) {
    EXPECT_EQ(authorization_of("http://proxy"), "");
    EXPECT_EQ(authorization_of("http://Aladdin:open%20sesame@proxy"),
              "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    EXPECT_EQ(authorization_of("user:p%40ss@proxy:3128"), "Basic dXNlcjpwQHNz") << "user:p@ss";
    EXPECT_EQ(authorization_of("user:p@ss@proxy:3128"), "Basic dXNlcjpwQHNz");
    EXPECT_EQ(authorization_of("user:a:b@proxy"), "Basic dXNlcjphOmI=") << "user:a:b";
    EXPECT_EQ(authorization_of("user@proxy"), "Basic dXNlcjo=") << "user:";
    EXPECT_EQ(authorization_of("http://@proxy"), "Basic Og==") << ":";
}

TEST(ProxyAddress, KeepsThePasswordOutOfItsName) {
    EXPECT_EQ(name_of("http://user:hush@proxy:3128"), "http://proxy:3128");
}

TEST(ProxyAddress, RefusesWhatIsNoHttpProxy) {
    for (const auto* url : {"",
                            "http://",
                            "http://:3128",
                            "socks5://proxy:1080",
                            "ftp://proxy",
                            "://proxy",
                            "http://proxy:0",
                            "http://proxy:65536",
                            "http://proxy:port",
                            "http://proxy/path",
                            "http://proxy?query",
                            "http://proxy:3128/p@th",
                            "http://pro xy",
                            "http://proxy\r\nHost: evil",
                            "http://user:100%@proxy",
                            "http://user:%4@proxy",
                            "http://user:%zz@proxy",
                            "http://user:%+1@proxy",
                            "http://us%3Aer:secret@proxy"})
        EXPECT_EQ(name_of(url), "refused") << url;
    EXPECT_EQ(name_of("http://" + std::string(2049, 'a') + "@proxy"), "refused");
}

} // namespace
} // namespace redrive::wire
