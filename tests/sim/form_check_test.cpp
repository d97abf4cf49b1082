#include "sim/form_check.hpp"

#include <gtest/gtest.h>

#include "sim/api_error.hpp"

namespace redrive::sim {
namespace {

constexpr text_rule name{
    .name = "Name", .shortest = 2, .longest = 4, .pattern = "[\\w-]*", .marks = "_-"};
constexpr text_rule code{.name = "Code",
                         .shortest = 3,
                         .longest = 3,
                         .pattern = "[\\d]*",
                         .digits_only = true,
                         .required = true,
                         .secret = true};

// The complaints about both, and about a number from 5 to 9.
std::string complaints(std::string_view body) {
    const auto form = wire::query_form::parse(body);
    form_check check{*form};
    (void)check.text(name);
    (void)check.text(code);
    (void)check.integer("Number", 5, 9, 7);
    try {
        check.finish();
    } catch (const api_error& error) {
        EXPECT_EQ(error.type, "ValidationError");
        EXPECT_EQ(error.status, 400U);
        return error.message;
    }
    return {};
}

TEST(FormCheck, ReadsWhatIsAsItShouldBe) {
    const auto form = wire::query_form::parse("Name=a-_9&Number=5");
    form_check check{*form};
    EXPECT_EQ(check.text(name), "a-_9");
    EXPECT_EQ(check.integer("Number", 5, 9, 7), 5);
    EXPECT_EQ(check.integer("Other", 5, 9, 7), 7);
    EXPECT_NO_THROW(check.finish());
    EXPECT_EQ(complaints("Name=abcd&Code=123&Number=9"), "");
}

TEST(FormCheck, ComplainsInTheServicesWords) {
    EXPECT_EQ(complaints("Code=123&Name=a"),
              "1 validation error detected: Value 'a' at 'name' failed to satisfy constraint: "
              "Member must have length greater than or equal to 2");
    EXPECT_EQ(complaints("Code=123&Name=abcde"),
              "1 validation error detected: Value 'abcde' at 'name' failed to satisfy constraint: "
              "Member must have length less than or equal to 4");
    EXPECT_EQ(complaints("Code=123&Number=10"),
              "1 validation error detected: Value '10' at 'number' failed to satisfy constraint: "
              "Member must have value less than or equal to 9");
    EXPECT_EQ(
        complaints("Name=a+b"),
        "2 validation errors detected: Value 'a b' at 'name' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: [\\w-]*; Value null at 'code' failed "
        "to satisfy constraint: Member must not be null");
    EXPECT_EQ(complaints("Code=123&Number=-1"),
              "1 validation error detected: Value '-1' at 'number' failed to satisfy constraint: "
              "Member must have value greater than or equal to 5");
}

TEST(FormCheck, KeepsSecretsAndOddBytesOutOfItsComplaints) {
    EXPECT_EQ(complaints("Code=12x"),
              "1 validation error detected: Value '***' at 'code' failed to satisfy constraint: "
              "Member must satisfy regular expression pattern: [\\d]*");
    EXPECT_EQ(complaints("Code=123&Name=%1b[%ff"),
              "1 validation error detected: Value '?[?' at 'name' failed to satisfy constraint: "
              "Member must satisfy regular expression pattern: [\\w-]*");
}

TEST(FormCheck, RefusesANumberThatIsNone) {
    for (const auto* body : {"Number=", "Number=5x", "Number=99999999999999999999", "Number=5.0"}) {
        const auto form = wire::query_form::parse(body);
        form_check check{*form};
        EXPECT_THROW((void)check.integer("Number", 5, 9, 7), api_error) << body;
    }
}

} // namespace
} // namespace redrive::sim
