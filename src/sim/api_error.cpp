#include "sim/api_error.hpp"

#include <utility>

namespace redrive::sim {
namespace {

struct known_error {
    std::string_view type;
    unsigned status;
    std::string_view legacy_code;
    bool modelled;
    std::string_view message;
};

// Modelled rows: the service's model. Front-door rows: recordings where there are any; the statuses
// and legacy codes of unknown keys, skew, expiry and 5xx over JSON are unverified.
constexpr known_error known_errors[] = {
    {"ResourceNotFoundException", 404, "ResourceNotFoundException", true, "Resource not found."},
    {"RequestThrottled", 403, "RequestThrottled", true, "Request is throttled."},
    {"InvalidAddress", 404, "InvalidAddress", true, "The address is invalid."},
    {"InvalidSecurity", 403, "InvalidSecurity", true, "The request was not made over HTTPS."},
    {"UnsupportedOperation",
     400,
     "AWS.SimpleQueueService.UnsupportedOperation",
     true,
     "The operation is not supported."},
    {"QueueDoesNotExist",
     400,
     "AWS.SimpleQueueService.NonExistentQueue",
     true,
     "The specified queue does not exist."},
    {"QueueNameExists",
     400,
     "QueueAlreadyExists",
     true,
     "A queue already exists with the same name and a different value for an attribute."},
    {"InvalidAttributeName", 400, "InvalidAttributeName", true, "Unknown Attribute."},
    {"InvalidAttributeValue",
     400,
     "InvalidAttributeValue",
     true,
     "Invalid value for an attribute."},
    {"InvalidMessageContents",
     400,
     "InvalidMessageContents",
     true,
     "The message contains characters outside the allowed set."},
    {"ReceiptHandleIsInvalid",
     404,
     "ReceiptHandleIsInvalid",
     true,
     "The input receipt handle is invalid."},
    {"EmptyBatchRequest",
     400,
     "AWS.SimpleQueueService.EmptyBatchRequest",
     true,
     "There should be at least one entry in the request."},
    {"TooManyEntriesInBatchRequest",
     400,
     "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
     true,
     "Maximum number of entries per request are 10."},
    {"BatchEntryIdsNotDistinct",
     400,
     "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
     true,
     "Two or more batch entries in the request have the same Id."},
    {"OverLimit", 403, "OverLimit", true, "The specified action violates a limit."},
    {"KmsThrottled", 400, "KMS.ThrottlingException", true, "KMS throttled the request."},
    {"KmsAccessDenied", 400, "KMS.AccessDeniedException", true, "KMS denied the request."},
    {"KmsDisabled", 400, "KMS.DisabledException", true, "The KMS key is disabled."},
    {"KmsNotFound", 400, "KMS.NotFoundException", true, "The KMS key was not found."},
    {"KmsInvalidState", 400, "KMS.InvalidStateException", true, "The KMS key's state is invalid."},
    {"KmsOptInRequired", 403, "KMS.OptInRequired", true, "KMS needs a subscription."},
    {"InvalidParameterValueException", 400, "InvalidParameterValue", false, "Invalid parameter."},
    {"MissingRequiredParameterException", 400, "MissingParameter", false, "Missing parameter."},
    {"AccessDeniedException", 403, "AccessDenied", false, "Access to the resource is denied."},
    {"InvalidSignatureException",
     403,
     "SignatureDoesNotMatch",
     false,
     "The request signature we calculated does not match the signature you provided. Check your "
     "AWS Secret Access Key and signing method. Consult the service documentation for details."},
    {"UnrecognizedClientException",
     403,
     "InvalidClientTokenId",
     false,
     "The security token included in the request is invalid."},
    {"ExpiredTokenException",
     403,
     "ExpiredToken",
     false,
     "The security token included in the request is expired"},
    {"RegionDisabledException",
     403,
     "RegionDisabledException",
     false,
     "STS is not activated in this region for this account."},
    {"IDPRejectedClaim",
     403,
     "IDPRejectedClaim",
     false,
     "The identity provider rejected the claim."},
    {"IDPCommunicationError",
     400,
     "IDPCommunicationError",
     false,
     "Could not reach the identity provider."},
    {"MalformedInput", 400, "MalformedInput", false, "The request is malformed."},
    {"MissingAuthenticationTokenException",
     403,
     "MissingAuthenticationToken",
     false,
     "Request is missing Authentication Token"},
    {"IncompleteSignatureException",
     400,
     "IncompleteSignature",
     false,
     "Authorization header is incomplete."},
    {"OptInRequired",
     403,
     "OptInRequired",
     false,
     "The AWS Access Key Id needs a subscription for the service"},
    {"Throttling", 400, "Throttling", false, "Rate exceeded"},
    {"ThrottlingException", 400, "ThrottlingException", false, "Rate exceeded"},
    {"TooManyRequestsException", 429, "TooManyRequestsException", false, "Too many requests"},
    {"SerializationException", 400, "SerializationException", false, "Malformed input."},
    {"UnknownOperationException", 404, "InvalidAction", false, "The operation is not known."},
    {"InternalFailure",
     500,
     "InternalFailure",
     false,
     "The request processing has failed because of an unknown error, exception or failure."},
    {"InternalError", 500, "InternalError", false, "Internal error"},
    {"InternalServerError", 500, "InternalServerError", false, "Internal server error"},
    {"ServiceUnavailable",
     503,
     "ServiceUnavailable",
     false,
     "The request has failed due to a temporary failure of the server."},
};

} // namespace

api_error::api_error(std::string_view wanted, std::string text)
    : type{wanted}, legacy_code{wanted}, message{std::move(text)} {
    for (const auto& known : known_errors) {
        if (known.type != wanted) continue;
        legacy_code = known.legacy_code;
        status = known.status;
        modelled = known.modelled;
        if (message.empty()) message = known.message;
        return;
    }
    if (message.empty()) message = "Simulated error.";
}

api_error invalid_parameter(std::string message) {
    return api_error{"InvalidParameterValueException", std::move(message)};
}

api_error missing_parameter(std::string_view name) {
    return api_error{"MissingRequiredParameterException",
                     "The request must contain the parameter " + std::string{name} + "."};
}

api_error no_such_queue() {
    return api_error{"QueueDoesNotExist"};
}

api_error no_such_resource(std::string_view parameter) {
    return api_error{"ResourceNotFoundException",
                     "The resource that you specified for the " + std::string{parameter} +
                         " parameter doesn't exist."};
}

} // namespace redrive::sim
