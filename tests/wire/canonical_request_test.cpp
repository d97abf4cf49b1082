#include "wire/canonical_request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace redrive::wire {
namespace {

using ::testing::ElementsAre;
using table = std::vector<std::pair<std::string, std::string>>;

TEST(CanonicalPath, LosesDotSegmentsAndEmptyOnes) {
    for (const auto& [path, canonical] : table{{"", "/"},
                                               {"/", "/"},
                                               {"//", "/"},
                                               {"/./", "/"},
                                               {"/.", "/"},
                                               {"/..", "/"},
                                               {"/example/..", "/"},
                                               {"/example1/example2/../..", "/"},
                                               {"/../../a", "/a"},
                                               {"/./example", "/example"},
                                               {"//example//", "/example/"},
                                               {"/a//b///c", "/a/b/c"},
                                               {"/a/b/..", "/a/"},
                                               {"/a/b/.", "/a/b/"},
                                               {"/a/.b/..c", "/a/.b/..c"},
                                               {"/a/...", "/a/..."},
                                               {"custom", "/custom"}})
        EXPECT_EQ(canonical_path(path), canonical) << path;
}

TEST(CanonicalPath, StaysAsItIsWhenAsked) {
    for (const auto* path : {"/", "//", "/example/..", "/a/./b//c/"})
        EXPECT_EQ(canonical_path(path, {.normalize = false}), path);
    EXPECT_EQ(canonical_path("", {.normalize = false}), "/");
}

TEST(CanonicalPath, IsEncodedOnceMore) {
    EXPECT_EQ(canonical_path("/a%20b"), "/a%2520b");
    EXPECT_EQ(canonical_path("/a b"), "/a%20b");
    EXPECT_EQ(canonical_path("/\xe1\x88\xb4"), "/%E1%88%B4");
    EXPECT_EQ(canonical_path("/az-AZ_09.~"), "/az-AZ_09.~");
    EXPECT_EQ(canonical_path("/+=:@!$&'()*,;"), "/%2B%3D%3A%40%21%24%26%27%28%29%2A%2C%3B");
}

TEST(CanonicalPath, KeepsItsEscapesForServicesThatEncodeOnce) {
    EXPECT_EQ(canonical_path("/a%20b c", {.double_encode = false}), "/a%20b%20c");
}

TEST(CanonicalQuery, IsSortedByEncodedNameThenValue) {
    for (const auto& [query, canonical] :
         table{{"", ""},
               {"Param2=value2&Param1=value1", "Param1=value1&Param2=value2"},
               {"Param1=value2&Param1=value1", "Param1=value1&Param1=value2"},
               {"b=1&B=1&a=1&A=1", "A=1&B=1&a=1&b=1"},
               {"a1=1&a=2", "a=2&a1=1"},
               {"a=1&%C3%A9=2&z=3", "%C3%A9=2&a=1&z=3"}})
        EXPECT_EQ(canonical_query(query), canonical) << query;
}

TEST(CanonicalQuery, GivesEveryParameterAnEqualsSign) {
    EXPECT_EQ(canonical_query("acl"), "acl=");
    EXPECT_EQ(canonical_query("acl&x=1"), "acl=&x=1");
    EXPECT_EQ(canonical_query("a="), "a=");
    EXPECT_EQ(canonical_query("&a=1&&b=2&"), "a=1&b=2");
    EXPECT_EQ(canonical_query("=v"), "=v");
}

TEST(CanonicalQuery, EncodesAllButUnreservedCharactersOnce) {
    EXPECT_EQ(canonical_query("\xe1\x88\xb4=bar"), "%E1%88%B4=bar");
    EXPECT_EQ(canonical_query("%e1%88%b4=bar"), "%E1%88%B4=bar");
    EXPECT_EQ(canonical_query("a=b%20c"), "a=b%20c");
    EXPECT_EQ(canonical_query("a=b+c"), "a=b%2Bc");
    EXPECT_EQ(canonical_query("a=b=c/d?e"), "a=b%3Dc%2Fd%3Fe");
    EXPECT_EQ(canonical_query("a=%41%7e"), "a=A~");
    EXPECT_EQ(canonical_query("a=-._~09AZaz"), "a=-._~09AZaz");
}

TEST(CanonicalQuery, TakesABrokenEscapeLiterally) {
    EXPECT_EQ(canonical_query("a=100%"), "a=100%25");
    EXPECT_EQ(canonical_query("a=%4"), "a=%254");
    EXPECT_EQ(canonical_query("a=%zz"), "a=%25zz");
    EXPECT_EQ(canonical_query("a=%%41"), "a=%25A");
}

TEST(CanonicalHeaders, AreTrimmedCollapsedJoinedAndSorted) {
    const http_headers headers = {{"X-Two", " a   b  "},
                                  {"Host", "example.com"},
                                  {"My-Header", "\"a   b   c\""},
                                  {"x-two", "c\r\n  d\t \te"},
                                  {"X-TWO", ""},
                                  {"Empty", "   "}};
    const auto names = sorted_names(headers);
    EXPECT_THAT(names, ElementsAre("empty", "host", "my-header", "x-two"));
    const auto canonical = canonicalize(headers, names);
    EXPECT_EQ(canonical.lines, "empty:\nhost:example.com\nmy-header:\"a b c\"\nx-two:a b,c d e,\n");
    EXPECT_EQ(canonical.names, "empty;host;my-header;x-two");
}

TEST(CanonicalHeaders, AreOnlyTheNamedOnes) {
    const http_headers headers = {{"Host", "h"}, {"Accept", "*/*"}};
    const std::vector<std::string> names = {"host", "missing"};
    const auto canonical = canonicalize(headers, names);
    EXPECT_EQ(canonical.lines, "host:h\nmissing:\n");
    EXPECT_EQ(canonical.names, "host;missing");
}

} // namespace
} // namespace redrive::wire
