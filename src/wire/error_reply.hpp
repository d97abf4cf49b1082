#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "redrive/errors.hpp"
#include "wire/http_header.hpp"
#include "wire/json_reader.hpp"

namespace redrive::wire {

enum class error_fault : std::uint8_t { unknown, sender, receiver };

// An error as the service spoke it, by the precedence of the AWS JSON protocol with query
// compatibility: X-Amzn-Errortype, `code`, `__type`; x-amzn-query-error beside them.
struct service_error {
    std::string code; // what users know: the legacy (query) code, else type_code, else the status
    std::string type_code; // the shape's name without namespace
    std::string message;   // bounded by diagnostics::longest_message
    std::string request_id;
    error_fault fault = error_fault::unknown;
    unsigned status = 0;
    service_errc meaning = service_errc::unrecognised;

    // Whether type_code or code is this one: every test of a code asks both.
    [[nodiscard]] bool is(std::string_view name) const noexcept {
        return type_code == name || code == name;
    }
};

// `body` is the raw text; what is not JSON (a proxy's HTML) still yields an error.
[[nodiscard]] service_error read_error(unsigned status,
                                       std::string_view reason,
                                       const http_headers& headers,
                                       std::string_view body,
                                       json_reader& reader);

// x-amzn-RequestId, x-amz-request-id; empty when there is none.
[[nodiscard]] std::string_view request_id_of(const http_headers& headers) noexcept;

[[nodiscard]] bool is_throttling_code(std::string_view code) noexcept;
[[nodiscard]] bool is_transient_code(std::string_view code) noexcept;
[[nodiscard]] bool is_clock_skew_code(std::string_view code) noexcept;

} // namespace redrive::wire
