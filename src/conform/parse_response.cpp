#include "conform/input.hpp"
#include "conform/input_members.hpp"
#include "conform/output_members.hpp"
#include "conform/verb.hpp"
#include "flow/retry.hpp"
#include "wire/error_code.hpp"
#include "wire/error_reply.hpp"

namespace redrive::conform {
namespace {

std::string_view to_string(flow::retry_class value) noexcept {
    switch (value) {
    case flow::retry_class::success: return "success";
    case flow::retry_class::not_retryable: return "not_retryable";
    case flow::retry_class::transient: return "transient";
    case flow::retry_class::timeout: return "timeout";
    case flow::retry_class::throttling: return "throttling";
    }
    return "";
}

void write_unless_empty(wire::json_writer& output, std::string_view name, std::string_view value) {
    if (!value.empty()) write_text(output, name, value);
}

// What the reply does not state is absent.
answer write_error(wire::json_writer& output, const wire::service_error& error) {
    const auto retry = flow::classify(
        {.status = error.status, .type_code = error.type_code, .legacy_code = error.code});
    output.key("error");
    output.begin_object();
    write_text(output, "code", error.code);
    write_unless_empty(output, "type_code", error.type_code);
    if (error.fault == wire::error_fault::sender) write_text(output, "fault", "Sender");
    if (error.fault == wire::error_fault::receiver) write_text(output, "fault", "Receiver");
    write_text(output, "message", error.message);
    output.key("status");
    output.integer(error.status);
    write_unless_empty(output, "request_id", error.request_id);
    output.key("modelled");
    output.boolean(wire::is_modelled(error.type_code) || wire::is_modelled(error.code));
    write_text(output, "retry_class", to_string(retry));
    output.end_object();
    return answer::error;
}

// A complete 2xx reply that is not what was asked for: ours to report, and not worth a retry.
answer write_malformed(wire::json_writer& output,
                       unsigned status,
                       const wire::http_headers& reply_headers) {
    const error_code ec = client_errc::reply_malformed;
    output.key("error");
    output.begin_object();
    write_text(output, "code", "reply_malformed");
    write_text(output, "message", ec.message());
    output.key("status");
    output.integer(status);
    write_unless_empty(output, "request_id", wire::request_id_of(reply_headers));
    output.key("modelled");
    output.boolean(false);
    write_text(output, "retry_class", to_string(flow::retry_class::not_retryable));
    output.end_object();
    return answer::error;
}

answer write_success(wire::json_writer& output,
                     wire::operation op,
                     unsigned status,
                     const wire::http_headers& reply_headers,
                     std::string_view body) {
    wire::json_reader reader;
    const auto document = reader.parse(body);
    if (!body.empty() && !document.exists()) return write_malformed(output, status, reply_headers);
    const auto value = output_of(op, document);
    if (!value) return write_malformed(output, status, reply_headers);
    output.key("output");
    output.raw(*value);
    return answer::given;
}

} // namespace

answer parse_response(wire::json_value input, wire::json_writer& output) {
    const auto op = operation_of(input);
    const auto given = integer(input, "status").value_or(0);
    if (given < 100 || given > 999) throw refused{"status is not an HTTP status"};
    const auto status = static_cast<unsigned>(given);
    const auto reply_headers = headers(input);
    const auto body = text(input, "body").value_or("");

    wire::json_reader reader;
    output.begin_object();
    const auto came =
        status / 100 == 2
            ? write_success(output, op, status, reply_headers, body)
            : write_error(output, wire::read_error(status, {}, reply_headers, body, reader));
    output.end_object();
    return came;
}

} // namespace redrive::conform
