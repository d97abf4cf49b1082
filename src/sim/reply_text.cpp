#include "sim/reply_text.hpp"

#include <chrono>

#include "wire/instant.hpp"
#include "wire/json_writer.hpp"
#include "wire/reason_phrase.hpp"

namespace redrive::sim {

void reply_writer::append(std::string& out, const reply_parts& parts, wall_time date) {
    const auto second = std::chrono::floor<std::chrono::seconds>(date);
    if (date_text_.empty() || second != date_second_) {
        date_second_ = second;
        date_text_ = wire::to_http_date(second);
    }
    out.append("HTTP/1.1 ").append(std::to_string(parts.status)).append(" ");
    out.append(wire::reason_phrase(parts.status)).append("\r\nx-amzn-RequestId: ");
    out.append(parts.request_id).append("\r\nDate: ").append(date_text_);
    out.append("\r\nContent-Type: ").append(parts.content_type);
    if (!parts.query_error.empty())
        out.append("\r\nx-amzn-query-error: ").append(parts.query_error);
    if (parts.close) out.append("\r\nConnection: close");
    out.append("\r\nContent-Length: ").append(std::to_string(parts.body.size()));
    out.append("\r\n\r\n").append(parts.body);
}

void append_json_error(std::string& body, const api_error& error) {
    wire::json_writer out{body};
    std::string type{error.modelled ? "com.amazonaws.sqs#" : "com.amazon.coral.service#"};
    type += error.type;
    out.begin_object();
    out.key("__type");
    out.text(type);
    // The one recorded body of an access denial has a capital letter here.
    out.key(error.type == "AccessDeniedException" ? "Message" : "message");
    out.text(error.message);
    out.end_object();
}

void append_plain_json_error(std::string& body, const api_error& error) {
    wire::json_writer out{body};
    out.begin_object();
    out.text_member("__type", error.type);
    out.text_member("Message", error.message);
    out.end_object();
}

void append_xml_text(std::string& body, std::string_view text) {
    for (const char c : text) {
        switch (c) {
        case '&': body += "&amp;"; break;
        case '<': body += "&lt;"; break;
        case '>': body += "&gt;"; break;
        default: body += c;
        }
    }
}

void append_xml_error(std::string& body, const api_error& error, std::string_view request_id) {
    body += R"(<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>)";
    body += error.status < 500 ? "Sender" : "Receiver";
    body += "</Type><Code>";
    append_xml_text(body, error.legacy_code);
    body += "</Code><Message>";
    append_xml_text(body, error.message);
    body += "</Message></Error><RequestId>";
    body += request_id;
    body += "</RequestId></ErrorResponse>";
}

} // namespace redrive::sim
