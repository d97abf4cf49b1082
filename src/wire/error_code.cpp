#include "wire/error_code.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "wire/error_reply.hpp"

namespace redrive::wire {
namespace {

template <std::size_t N>
using code_list = std::array<std::string_view, N>;

// The lists of the AWS SDKs' standard retry mode.
constexpr code_list<14> throttling_codes{
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "RequestThrottled",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
};
constexpr code_list<4> transient_codes{
    "RequestTimeout",
    "RequestTimeoutException",
    "InternalError",
    "IDPCommunicationError",
};
// RequestExpired and RequestInTheFuture are deliberately not among those that justify a retry.
constexpr code_list<5> clock_skew_codes{
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "AuthFailure",
    "RequestTimeTooSkewed",
    "AccessDeniedException",
};

// The errors that matter here, by type code and by legacy code.
constexpr code_list<25> modelled_codes{
    "ResourceNotFoundException",
    "RequestThrottled",
    "InvalidAddress",
    "InvalidSecurity",
    "UnsupportedOperation",
    "AWS.SimpleQueueService.UnsupportedOperation",
    "QueueDoesNotExist",
    "AWS.SimpleQueueService.NonExistentQueue",
    "InvalidAttributeName",
    "InvalidAttributeValue",
    "OverLimit",
    "KmsThrottled",
    "KMS.ThrottlingException",
    "KmsAccessDenied",
    "KMS.AccessDeniedException",
    "KmsNotFound",
    "KMS.NotFoundException",
    "KmsDisabled",
    "KMS.DisabledException",
    "KmsInvalidState",
    "KMS.InvalidStateException",
    "KmsInvalidKeyUsage",
    "KMS.InvalidKeyUsageException",
    "KmsOptInRequired",
    "KMS.OptInRequired",
};

struct meaning_row {
    std::string_view code;
    service_errc meaning;
};

// type_code and legacy code side by side, from the service's model and from recorded replies.
constexpr meaning_row meanings[]{
    {"KmsThrottled", service_errc::throttled},
    {"KMS.ThrottlingException", service_errc::throttled},

    {"RequestTimeTooSkewed", service_errc::clock_skew},
    {"RequestExpired", service_errc::clock_skew},
    {"RequestInTheFuture", service_errc::clock_skew},

    {"ExpiredToken", service_errc::expired_credentials},
    {"ExpiredTokenException", service_errc::expired_credentials},

    {"InvalidSignatureException", service_errc::invalid_credentials},
    {"SignatureDoesNotMatch", service_errc::invalid_credentials},
    {"UnrecognizedClientException", service_errc::invalid_credentials},
    {"InvalidClientTokenId", service_errc::invalid_credentials},
    {"InvalidAccessKeyId", service_errc::invalid_credentials},
    {"IncompleteSignature", service_errc::invalid_credentials},
    {"IncompleteSignatureException", service_errc::invalid_credentials},
    {"MissingAuthenticationToken", service_errc::invalid_credentials},
    {"MissingAuthenticationTokenException", service_errc::invalid_credentials},
    {"AuthFailure", service_errc::invalid_credentials},
    {"InvalidSecurity", service_errc::invalid_credentials},
    {"InvalidIdentityToken", service_errc::invalid_credentials},
    {"InvalidIdentityTokenException", service_errc::invalid_credentials},

    {"AccessDenied", service_errc::access_denied},
    {"AccessDeniedException", service_errc::access_denied},
    {"NotAuthorized", service_errc::access_denied},
    {"UnauthorizedOperation", service_errc::access_denied},
    {"KmsAccessDenied", service_errc::access_denied},
    {"KMS.AccessDeniedException", service_errc::access_denied},
    {"IDPRejectedClaim", service_errc::access_denied},

    {"OptInRequired", service_errc::not_enabled},
    {"KmsOptInRequired", service_errc::not_enabled},
    {"KMS.OptInRequired", service_errc::not_enabled},
    {"RegionDisabledException", service_errc::not_enabled},

    {"QueueDoesNotExist", service_errc::queue_not_found},
    {"AWS.SimpleQueueService.NonExistentQueue", service_errc::queue_not_found},
    {"NonExistentQueue", service_errc::queue_not_found},
    {"ResourceNotFoundException", service_errc::resource_not_found},

    {"UnsupportedOperation", service_errc::unsupported},
    {"UnknownOperationException", service_errc::unsupported},
    {"InvalidAction", service_errc::unsupported},

    {"InvalidParameterValue", service_errc::invalid_parameter},
    {"InvalidParameterValueException", service_errc::invalid_parameter},
    {"MissingParameter", service_errc::invalid_parameter},
    {"MissingRequiredParameterException", service_errc::invalid_parameter},
    {"InvalidAddress", service_errc::invalid_parameter},
    {"InvalidAttributeName", service_errc::invalid_parameter},
    {"InvalidAttributeValue", service_errc::invalid_parameter},
    {"ValidationError", service_errc::invalid_parameter},
    {"ValidationException", service_errc::invalid_parameter},

    {"InternalFailure", service_errc::internal},
    {"InternalError", service_errc::internal},
    {"InternalServerError", service_errc::internal},
    {"ServiceUnavailable", service_errc::internal},
    {"ServiceUnavailableException", service_errc::internal},
};

bool contains(std::span<const std::string_view> list, std::string_view code) noexcept {
    return std::find(list.begin(), list.end(), code) != list.end();
}

// Some emulators put the prefix before every code, AWS before a few.
std::string_view without_prefix(std::string_view code) noexcept {
    constexpr std::string_view prefix = "AWS.SimpleQueueService.";
    if (code.starts_with(prefix)) code.remove_prefix(prefix.size());
    return code;
}

service_errc look_up(std::string_view code) noexcept {
    const auto name = without_prefix(code);
    if (is_throttling_code(name)) return service_errc::throttled;
    for (const auto& row : meanings) {
        if (row.code == name) return row.meaning;
    }
    return service_errc::unrecognised;
}

// One code for two meanings: only the text tells them apart.
service_errc refine(service_errc meaning,
                    std::string_view type_code,
                    std::string_view code,
                    std::string_view message) noexcept {
    if (meaning == service_errc::invalid_parameter &&
        message.starts_with("Only active tasks can be cancelled"))
        return service_errc::task_not_active;
    const bool signature_refused =
        type_code == "InvalidSignatureException" || code == "SignatureDoesNotMatch";
    if (signature_refused && (message.starts_with("Signature expired") ||
                              message.starts_with("Signature not yet current")))
        return service_errc::clock_skew;
    return meaning;
}

} // namespace

bool is_throttling_code(std::string_view code) noexcept {
    return contains(throttling_codes, code);
}
bool is_transient_code(std::string_view code) noexcept {
    return contains(transient_codes, code);
}
bool is_clock_skew_code(std::string_view code) noexcept {
    return contains(clock_skew_codes, code);
}

bool is_modelled(std::string_view code) noexcept {
    return contains(modelled_codes, code);
}

service_errc meaning_of(std::string_view type_code,
                        std::string_view code,
                        std::string_view hint,
                        std::string_view message,
                        unsigned status) noexcept {
    const std::array candidates{look_up(type_code), look_up(code), look_up(hint)};
    if (std::find(candidates.begin(), candidates.end(), service_errc::throttled) !=
        candidates.end())
        return service_errc::throttled;
    for (const auto candidate : candidates) {
        if (candidate != service_errc::unrecognised)
            return refine(candidate, type_code, code, message);
    }
    if (status == 429) return service_errc::throttled;
    return status >= 500 ? service_errc::internal : service_errc::unrecognised;
}

} // namespace redrive::wire
