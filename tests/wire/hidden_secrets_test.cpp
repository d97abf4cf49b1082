#include "wire/hidden_secrets.hpp"

#include <gtest/gtest.h>

namespace redrive::wire {
namespace {

constexpr std::string_view token = "IQoJb3/pZ2lu+X2VjE==";

TEST(HiddenSecrets, AreReplacedWhereverTheyStand) {
    EXPECT_EQ(without_secrets("a IQoJb3/pZ2lu+X2VjE== b IQoJb3/pZ2lu+X2VjE==", {token}),
              "a ... b ...");
    EXPECT_EQ(without_secrets("code 123456 of a device", {"123456"}), "code ... of a device");
    EXPECT_EQ(without_secrets("nothing of that", {token, ""}), "nothing of that");
    EXPECT_EQ(without_secrets("", {token}), "");
}

TEST(HiddenSecrets, AreFoundInEachFormThatAnEchoMayHave) {
    for (const char* form : {"IQoJb3%2FpZ2lu%2BX2VjE%3D%3D",
                             "IQoJb3%2fpZ2lu%2bX2VjE%3d%3d",
                             "IQoJb3/pZ2lu%2BX2VjE%3D%3D",
                             "IQoJb3/pZ2lu%2bX2VjE%3d%3d",
                             "IQoJb3\\/pZ2lu+X2VjE=="})
        EXPECT_EQ(without_secrets(std::string{"token "} + form + " is wrong", {token}),
                  "token ... is wrong")
            << form;
}

TEST(HiddenSecrets, TakeTheRestWithThemWhenTheyDoNotEnd) {
    EXPECT_EQ(without_secrets("a IQoJb3/pZ2lu+X2V", {token}), "a ...");
    EXPECT_EQ(without_secrets("a IQoJb3/pZ2lu+X2V and more", {token}), "a ...");
}

TEST(HiddenSecrets, IncludeSignatures) {
    EXPECT_EQ(without_secrets("SignedHeaders=host, Signature=0a1b2c; more", {}),
              "SignedHeaders=host, Signature=...; more");
    EXPECT_EQ(without_secrets("Signature%3D0a1b2c%2C", {}), "Signature%3D...%2C");
    EXPECT_EQ(without_secrets("the Signature= is empty", {}), "the Signature=... is empty");
}

TEST(HiddenSecrets, IncludeThePasswordOfAProxy) {
    const secret_text login{"Basic bWU6aHVudGVyMi1odW50ZXIy"}; // me:hunter2-hunter2
    EXPECT_EQ(without_login("who is bWU6aHVudGVyMi1odW50ZXIy?", login), "who is ...?");
    EXPECT_EQ(without_login("me may not say hunter2-hunter2", login), "me may not say ...");
    EXPECT_EQ(without_login("No", secret_text{}), "No");
}

TEST(HiddenSecrets, AreHiddenInEveryTextOfAnError) {
    service_error error;
    for (auto* text : {&error.code, &error.type_code, &error.message, &error.request_id})
        *text = "it is " + std::string{token};
    hide_secrets(error, {token});
    for (const auto* text : {&error.code, &error.type_code, &error.message, &error.request_id})
        EXPECT_EQ(*text, "it is ...");
}

TEST(HiddenSecrets, LeaveCodesAloneThatHaveAShortTokenInThem) {
    service_error error;
    error.code = error.type_code = "ExpiredTokenException";
    error.request_id = "a-123456-b";
    error.message = "The security token 123456 is expired";
    hide_secrets(error, {"t", "Token", "123456"});
    EXPECT_EQ(error.code, "ExpiredTokenException");
    EXPECT_EQ(error.type_code, "ExpiredTokenException");
    EXPECT_EQ(error.request_id, "a-123456-b");
    EXPECT_EQ(error.message, "The security token ... is expired");
}

} // namespace
} // namespace redrive::wire
