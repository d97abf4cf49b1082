#include "wire/error_reply.hpp"

#include <optional>

#include "core/ascii.hpp"
#include "wire/error_code.hpp"
#include "wire/error_text.hpp"

namespace redrive::wire {
namespace {

std::string_view without_namespace(std::string_view code) noexcept {
    const auto hash = code.find('#');
    return hash == std::string_view::npos ? code : code.substr(hash + 1);
}

// "aws.x#FooError:http://..." is FooError.
std::string_view shape_name(std::string_view code) noexcept {
    return trimmed(without_namespace(code.substr(0, code.find(':'))));
}

std::string_view text_of(json_value value) noexcept {
    return value.text().value_or("");
}

std::string_view first_shape_name(const http_headers& headers, json_value body) noexcept {
    for (const auto candidate : {find_header(headers, "x-amzn-errortype"),
                                 text_of(body["code"]),
                                 text_of(body["__type"])}) {
        if (const auto name = shape_name(candidate); !name.empty()) return name;
    }
    return {};
}

struct query_error {
    std::string_view code;
    error_fault fault = error_fault::unknown;
};

error_fault fault_from(std::string_view text) noexcept {
    if (text == "Sender") return error_fault::sender;
    if (text == "Receiver") return error_fault::receiver;
    return error_fault::unknown;
}

// Exactly two parts and a code, or the header says nothing.
std::optional<query_error> parse_query_error(std::string_view header) noexcept {
    const auto semicolon = header.find(';');
    if (semicolon == std::string_view::npos) return std::nullopt;
    const auto code = trimmed(without_namespace(header.substr(0, semicolon)));
    const auto fault = header.substr(semicolon + 1);
    if (code.empty() || fault.find(';') != std::string_view::npos) return std::nullopt;
    return query_error{code, fault_from(trimmed(fault))};
}

std::optional<std::string_view> body_message(json_value body) noexcept {
    for (const auto name : {"message", "Message", "errorMessage"}) {
        if (const auto text = body[name].text()) return text;
    }
    return std::nullopt;
}

} // namespace

std::string_view request_id_of(const http_headers& headers) noexcept {
    const auto id = find_header(headers, "x-amzn-requestid");
    return id.empty() ? find_header(headers, "x-amz-request-id") : id;
}

service_error read_error(unsigned status,
                         std::string_view reason,
                         const http_headers& headers,
                         std::string_view body,
                         json_reader& reader) {
    const auto document = reader.parse(body);
    const auto query_header = find_header(headers, "x-amzn-query-error");
    const auto query = parse_query_error(query_header);

    service_error out;
    out.status = status;
    out.type_code = bounded(first_shape_name(headers, document));
    out.code = query ? std::string{bounded(query->code)} : out.type_code;
    out.fault = query ? query->fault : error_fault::unknown;
    const auto id = request_id_of(headers);
    out.request_id = bounded(id.empty() ? text_of(document["RequestId"]) : id);

    const auto message = body_message(document);
    if (message) {
        out.message = bounded(*message);
    } else if (out.code.empty() || !document.exists()) {
        out.message = bounded(substitute_message(status, reason, body, document.exists()));
    }
    // A header that may not name the error may still say what it is about.
    const auto hint = shape_name(query_header.substr(0, query_header.find(';')));
    out.meaning = meaning_of(out.type_code, out.code, hint, out.message, status);
    if (out.code.empty()) out.code = std::to_string(status);
    return out;
}

} // namespace redrive::wire
