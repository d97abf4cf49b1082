#include "conform/input.hpp"
#include "conform/output_members.hpp"
#include "conform/verb.hpp"
#include "flow/retry.hpp"
#include "wire/error_code.hpp"
#include "wire/error_reply.hpp"
#include "wire/operation.hpp"
#include "wire/reply_body.hpp"

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
    output.begin_object();
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
    output.end_object();
    return answer::error;
}

// A complete 2xx reply that is not what was asked for: ours to report, and not worth a retry.
answer write_malformed(wire::json_writer& output,
                       unsigned status,
                       const wire::http_headers& reply_headers) {
    const error_code ec = client_errc::reply_malformed;
    output.begin_object();
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
    output.end_object();
    return answer::error;
}

template <class Output>
bool write_if_read(wire::json_writer& output, wire::json_value body) {
    Output value;
    if (!wire::read_body(body, value)) return false;
    output.begin_object();
    output.key("output");
    write_output(output, value);
    output.end_object();
    return true;
}

bool write_success(wire::json_writer& output, wire::operation op, wire::json_value body) {
    switch (op) {
    case wire::operation::cancel_message_move_task:
        return write_if_read<wire::cancel_output>(output, body);
    case wire::operation::list_message_move_tasks:
        return write_if_read<wire::list_tasks_output>(output, body);
    case wire::operation::start_message_move_task:
        return write_if_read<wire::start_output>(output, body);
    case wire::operation::list_queues: return write_if_read<wire::list_queues_output>(output, body);
    case wire::operation::get_queue_url: return write_if_read<wire::queue_url_output>(output, body);
    case wire::operation::get_queue_attributes:
        return write_if_read<wire::queue_attributes_output>(output, body);
    case wire::operation::list_dead_letter_source_queues:
        return write_if_read<wire::list_sources_output>(output, body);
    }
    return false;
}

} // namespace

answer parse_response(wire::json_value input, wire::json_writer& output) {
    const auto op = wire::operation_from(required_text(input, "operation"));
    if (!op) throw refused{"operation is not one that the client sends"};
    const auto status = integer(input, "status").value_or(0);
    if (status < 100 || status > 999) throw refused{"status is not an HTTP status"};
    const auto code = static_cast<unsigned>(status);
    const auto reply_headers = headers(input);
    const auto body = text(input, "body").value_or("");

    wire::json_reader reader;
    if (code / 100 != 2)
        return write_error(output, wire::read_error(code, {}, reply_headers, body, reader));
    const auto document = reader.parse(body);
    const bool readable = body.empty() || document.exists();
    if (readable && write_success(output, *op, document)) return answer::given;
    return write_malformed(output, code, reply_headers);
}

} // namespace redrive::conform
