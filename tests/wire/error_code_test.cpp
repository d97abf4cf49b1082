#include "wire/error_code.hpp"

#include <gtest/gtest.h>

#include "wire/error_reply.hpp"

namespace redrive::wire {
namespace {

struct row {
    const char* type_code;
    const char* code;
    unsigned status;
    service_errc meaning;
};

class ErrorCode : public ::testing::TestWithParam<row> {};

// Either code alone says it, whatever the other is.
TEST_P(ErrorCode, IsUnderstoodFromEitherName) {
    const auto& [type_code, code, status, meaning] = GetParam();
    EXPECT_EQ(meaning_of(type_code, code, "", "", status), meaning) << type_code;
    EXPECT_EQ(meaning_of(type_code, type_code, "", "", status), meaning) << type_code;
    EXPECT_EQ(meaning_of("Other", code, "", "", status), meaning) << code;
    EXPECT_EQ(meaning_of(type_code, "Other", "", "", status), meaning) << type_code;
    EXPECT_EQ(meaning_of("", "", code, "", status), meaning) << code;
}

INSTANTIATE_TEST_SUITE_P(
    OfSqs,
    ErrorCode,
    ::testing::Values(
        row{"ResourceNotFoundException",
            "ResourceNotFoundException",
            404,
            service_errc::resource_not_found},
        row{"RequestThrottled", "RequestThrottled", 403, service_errc::throttled},
        row{"KmsThrottled", "KMS.ThrottlingException", 400, service_errc::throttled},
        row{"ThrottlingException", "Throttling", 400, service_errc::throttled},
        row{"InvalidAddress", "InvalidAddress", 404, service_errc::invalid_parameter},
        row{"InvalidSecurity", "InvalidSecurity", 403, service_errc::invalid_credentials},
        row{"UnsupportedOperation",
            "AWS.SimpleQueueService.UnsupportedOperation",
            400,
            service_errc::unsupported},
        row{"QueueDoesNotExist",
            "AWS.SimpleQueueService.NonExistentQueue",
            400,
            service_errc::queue_not_found},
        row{"InvalidParameterValueException",
            "InvalidParameterValue",
            400,
            service_errc::invalid_parameter},
        row{"MissingRequiredParameterException",
            "MissingParameter",
            400,
            service_errc::invalid_parameter},
        row{"AccessDeniedException", "AccessDenied", 403, service_errc::access_denied},
        row{"KmsAccessDenied", "KMS.AccessDeniedException", 400, service_errc::access_denied},
        row{"InvalidSignatureException",
            "SignatureDoesNotMatch",
            403,
            service_errc::invalid_credentials},
        row{"UnrecognizedClientException",
            "InvalidClientTokenId",
            403,
            service_errc::invalid_credentials},
        row{"MissingAuthenticationTokenException",
            "MissingAuthenticationToken",
            403,
            service_errc::invalid_credentials},
        row{"ExpiredTokenException", "ExpiredToken", 403, service_errc::expired_credentials},
        row{"RequestTimeTooSkewed", "RequestExpired", 403, service_errc::clock_skew},
        row{"OptInRequired", "KMS.OptInRequired", 403, service_errc::not_enabled},
        row{"InternalFailure", "InternalError", 500, service_errc::internal},
        row{"ServiceUnavailable", "ServiceUnavailable", 503, service_errc::internal}));

TEST(ErrorCodes, OfAThrottleAreAskedBeforeEverythingElse) {
    EXPECT_EQ(meaning_of("AccessDenied", "RequestThrottled", "", "", 403), service_errc::throttled);
    EXPECT_EQ(meaning_of("SlowDown", "InternalError", "", "", 503), service_errc::throttled);
    EXPECT_EQ(meaning_of("InternalError", "", "SlowDown", "", 500), service_errc::throttled);
}

TEST(ErrorCodes, TellATaskThatIsNoLongerActiveByItsText) {
    const auto text = "Only active tasks can be cancelled.";
    EXPECT_EQ(meaning_of("InvalidParameterValueException", "InvalidParameterValue", "", text, 400),
              service_errc::task_not_active);
    EXPECT_EQ(meaning_of("", "InvalidParameterValue", "", text, 400),
              service_errc::task_not_active);
    EXPECT_EQ(meaning_of("ResourceNotFoundException", "", "", text, 404),
              service_errc::resource_not_found);
    EXPECT_EQ(meaning_of("InvalidParameterValueException",
                         "InvalidParameterValue",
                         "",
                         "Value for parameter TaskHandle is invalid.",
                         400),
              service_errc::invalid_parameter);
}

TEST(ErrorCodes, TellAWrongClockFromAWrongSecretByTheirText) {
    for (const auto text :
         {"Signature expired: 20261122T120000Z is now earlier than ...",
          "Signature not yet current: 20261122T120000Z is still later than ..."}) {
        EXPECT_EQ(meaning_of("InvalidSignatureException", "", "", text, 403),
                  service_errc::clock_skew);
        EXPECT_EQ(meaning_of("", "SignatureDoesNotMatch", "", text, 403), service_errc::clock_skew);
    }
    EXPECT_EQ(meaning_of("InvalidSignatureException",
                         "",
                         "",
                         "The request signature we calculated does not match ...",
                         403),
              service_errc::invalid_credentials);
}

TEST(ErrorCodes, ThatNobodyKnowsLeaveTheStatusToSpeak) {
    EXPECT_EQ(meaning_of("Brand", "New", "", "", 400), service_errc::unrecognised);
    EXPECT_EQ(meaning_of("Brand", "New", "", "", 403), service_errc::unrecognised);
    EXPECT_EQ(meaning_of("Brand", "New", "", "", 429), service_errc::throttled);
    EXPECT_EQ(meaning_of("Brand", "New", "", "", 500), service_errc::internal);
    EXPECT_EQ(meaning_of("", "", "", "", 301), service_errc::unrecognised);
}

TEST(ErrorCodes, AreMatchedWholeAndWithCase) {
    EXPECT_TRUE(is_throttling_code("SlowDown"));
    EXPECT_FALSE(is_throttling_code("slowdown"));
    EXPECT_FALSE(is_throttling_code("SlowDown2"));
    EXPECT_FALSE(is_throttling_code(""));
    EXPECT_FALSE(is_throttling_code("KmsThrottled"));
    EXPECT_FALSE(is_throttling_code("OverLimit"));
    EXPECT_TRUE(is_transient_code("RequestTimeout"));
    EXPECT_TRUE(is_transient_code("IDPCommunicationError"));
    EXPECT_FALSE(is_transient_code("InternalFailure"));
}

TEST(ErrorCodes, ThatAClockMayExplainAreTheSdksFive) {
    for (const auto code : {"InvalidSignatureException",
                            "SignatureDoesNotMatch",
                            "AuthFailure",
                            "RequestTimeTooSkewed",
                            "AccessDeniedException"})
        EXPECT_TRUE(is_clock_skew_code(code)) << code;
    for (const auto code : {"RequestExpired", "RequestInTheFuture", "AccessDenied", ""})
        EXPECT_FALSE(is_clock_skew_code(code)) << code;
}

TEST(ErrorCodes, AreModelledWhenTheServiceDeclaresThem) {
    for (const auto code : {"ResourceNotFoundException",
                            "QueueDoesNotExist",
                            "AWS.SimpleQueueService.NonExistentQueue",
                            "KmsThrottled",
                            "KMS.OptInRequired"})
        EXPECT_TRUE(is_modelled(code)) << code;
    for (const auto code : {"InvalidParameterValueException",
                            "MissingParameter",
                            "AccessDeniedException",
                            "ThrottlingException",
                            ""})
        EXPECT_FALSE(is_modelled(code)) << code;
}

} // namespace
} // namespace redrive::wire
