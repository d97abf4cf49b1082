#include "wire/no_proxy.hpp"

#include <gtest/gtest.h>

namespace redrive::wire {
namespace {

bool covers(std::string_view list, std::string_view host, std::uint16_t port = 443) {
    return no_proxy_list{list}.covers(host, port);
}

TEST(NoProxy, CoversNothingWhenItIsEmpty) {
    for (const auto* list : {"", " ", ",", " , ,", "."})
        EXPECT_FALSE(covers(list, "example.com")) << list;
    EXPECT_FALSE(no_proxy_list{}.covers("example.com", 443));
}

TEST(NoProxy, CoversEverythingOnlyWhenTheStarIsAlone) {
    EXPECT_TRUE(covers("*", "example.com"));
    EXPECT_TRUE(covers(" * ", "10.0.0.1"));
    EXPECT_FALSE(covers("*,other", "example.com"));
    EXPECT_FALSE(covers("*.example.com", "www.example.com"));
}

TEST(NoProxy, CoversANameAndWhatIsBelowIt) {
    for (const auto* list : {"example.com", ".example.com", "example.com.", "a, EXAMPLE.com ,b"}) {
        EXPECT_TRUE(covers(list, "example.com")) << list;
        EXPECT_TRUE(covers(list, "example.com.")) << list;
        EXPECT_TRUE(covers(list, "sqs.Example.com")) << list;
        EXPECT_FALSE(covers(list, "badexample.com")) << list;
        EXPECT_FALSE(covers(list, "example.com.evil")) << list;
        EXPECT_FALSE(covers(list, "com")) << list;
    }
}

TEST(NoProxy, ComparesThePortWhenTheListNamesOne) {
    EXPECT_TRUE(covers("example.com:8080", "example.com", 8080));
    EXPECT_TRUE(covers("example.com:8080", "www.example.com", 8080));
    EXPECT_FALSE(covers("example.com:8080", "example.com", 443));
    EXPECT_TRUE(covers("10.0.0.1:443", "10.0.0.1", 443));
    EXPECT_FALSE(covers("10.0.0.1:443", "10.0.0.1", 444));
    EXPECT_TRUE(covers("[2001:db8::1]:443", "2001:db8::1", 443));
    EXPECT_FALSE(covers("[2001:db8::1]:443", "2001:db8::1", 444));
    for (const auto* list : {"example.com:", "example.com:0", "example.com:x", "example.com:65536"})
        EXPECT_FALSE(covers(list, "example.com", 443)) << list;
}

TEST(NoProxy, ComparesAddressesAsNumbers) {
    EXPECT_TRUE(covers("10.0.0.1", "10.0.0.1"));
    EXPECT_FALSE(covers("10.0.0.1", "10.0.0.10"));
    EXPECT_TRUE(covers("2001:db8::1", "2001:0DB8:0:0:0:0:0:1"));
    EXPECT_TRUE(covers("[2001:db8::1]", "[2001:db8::1]"));
    EXPECT_FALSE(covers("0.1", "10.0.0.1")) << "the end of an address is no domain";
    EXPECT_FALSE(covers("::ffff:10.0.0.1", "10.0.0.1"));
}

TEST(NoProxy, ComparesBlocksByTheirBits) {
    EXPECT_TRUE(covers("10.0.0.0/8", "10.255.1.2"));
    EXPECT_FALSE(covers("10.0.0.0/8", "11.0.0.1"));
    EXPECT_TRUE(covers("192.168.4.0/22", "192.168.7.255"));
    EXPECT_FALSE(covers("192.168.4.0/22", "192.168.8.0"));
    EXPECT_TRUE(covers("0.0.0.0/0", "1.2.3.4"));
    EXPECT_FALSE(covers("0.0.0.0/0", "::1"));
    EXPECT_FALSE(covers("0.0.0.0/0", "name"));
    EXPECT_TRUE(covers("10.1.2.3/32", "10.1.2.3"));
    EXPECT_TRUE(covers("fd00:ec2::/32", "fd00:ec2::254"));
    EXPECT_FALSE(covers("fd00:ec2::/32", "fd00:ec3::254"));
    for (const auto* list :
         {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x", "/8", "name/8", "::/129"})
        EXPECT_FALSE(covers(list, "10.0.0.0")) << list;
}

TEST(NoProxy, TakesNumbersThatAreNoAddressForAName) {
    EXPECT_TRUE(covers("999.999.999.999", "999.999.999.999"));
    EXPECT_TRUE(covers("999.999", "1.999.999"));
}

TEST(NoProxy, NeverLetsAProxySeeLoopbackAndMetadataHosts) {
    for (const auto* host : {"localhost",
                             "LOCALHOST.",
                             "a.localhost",
                             "127.0.0.1",
                             "127.8.9.10",
                             "::1",
                             "169.254.169.254",
                             "169.254.170.2",
                             "fd00:ec2::254",
                             "fe80::1"})
        EXPECT_TRUE(is_never_proxied(host)) << host;
    for (const auto* host : {"notlocalhost", "128.0.0.1", "::2", "sqs.eu-west-1.amazonaws.com", ""})
        EXPECT_FALSE(is_never_proxied(host)) << host;
}

} // namespace
} // namespace redrive::wire
