#include "wire/query_form.hpp"

#include <gtest/gtest.h>

#include "wire/percent_encoding.hpp"

namespace redrive::wire {
namespace {

TEST(QueryForm, ReadsAndDecodesItsFields) {
    const auto form = query_form::parse("Action=AssumeRole&RoleArn=arn%3Aaws%3aiam&a+b=1%202+3%2B");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->size(), 3U);
    EXPECT_EQ((*form)["Action"], "AssumeRole");
    EXPECT_EQ((*form)["RoleArn"], "arn:aws:iam");
    EXPECT_EQ((*form)["a b"], "1 2 3+");
    EXPECT_EQ((*form)["action"], std::nullopt);
}

TEST(QueryForm, TellsAnEmptyFieldFromNone) {
    const auto form = query_form::parse("&a=&&b&=c&");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->size(), 3U);
    EXPECT_EQ((*form)["a"], "");
    EXPECT_EQ((*form)["b"], "");
    EXPECT_EQ((*form)[""], "c");
    EXPECT_EQ(query_form::parse("")->size(), 0U);
}

TEST(QueryForm, TakesTheFirstOfTwoFieldsOfOneName) {
    const auto form = query_form::parse("a=1&a=2");
    EXPECT_EQ((*form)["a"], "1");
}

TEST(QueryForm, RefusesWhatCannotBeDecoded) {
    for (const auto* body : {"a=%", "a=%1", "a=%zz", "%4=a", "ok=1&a=%+1", "a=%-1"})
        EXPECT_FALSE(query_form::parse(body)) << body;
}

TEST(QueryForm, IsBounded) {
    std::string many;
    for (int i = 0; i < 256; ++i)
        many += "f=1&";
    EXPECT_TRUE(query_form::parse(many));
    EXPECT_FALSE(query_form::parse(many + "f=1"));
    const std::string long_value(64 * 1024 - 2, 'x');
    EXPECT_TRUE(query_form::parse("f=" + long_value));
    EXPECT_FALSE(query_form::parse("ff=" + long_value));
}

TEST(QueryForm, ReadsEveryByteAsItWasWritten) {
    std::string all, body;
    for (int byte = 0; byte < 256; ++byte)
        all.push_back(static_cast<char>(byte));
    append_percent_encoded(body, all);
    body += '=';
    append_percent_encoded(body, all);
    const auto form = query_form::parse(body);
    ASSERT_TRUE(form);
    EXPECT_EQ((*form)[all], all);
}

} // namespace
} // namespace redrive::wire
