#include <initializer_list>
#include <string>

#include "conform/input.hpp"
#include "conform/verb.hpp"
#include "wire/http_parser.hpp"
#include "wire/request.hpp"
#include "wire/request_body.hpp"

namespace redrive::conform {
namespace {

using wire::json_value;

// Neither the service's model nor any client knows another member.
void allow_only(json_value input, std::initializer_list<std::string_view> names) {
    for (const auto [name, value] : input.members()) {
        bool known = false;
        for (const auto allowed : names)
            known = known || name == allowed;
        if (!known) throw refused{std::string{name} + " is not a member of the input"};
    }
}

std::vector<std::string> texts(json_value input, std::string_view name) {
    std::vector<std::string> out;
    const auto list = input[name];
    if (list.exists() && !list.is_array()) throw refused{std::string{name} + " is not a list"};
    for (const auto element : list.elements()) {
        if (!element.text()) throw refused{std::string{name} + " is not a list of strings"};
        out.emplace_back(*element.text());
    }
    return out;
}

std::string_view text_or_empty(json_value input, std::string_view name) {
    return text(input, name).value_or("");
}

void append_cancel(std::string& out, json_value input) {
    allow_only(input, {"TaskHandle"});
    wire::append_body(out, wire::cancel_input{required_text(input, "TaskHandle")});
}

void append_list_tasks(std::string& out, json_value input) {
    allow_only(input, {"SourceArn", "MaxResults"});
    wire::append_body(
        out,
        wire::list_tasks_input{required_text(input, "SourceArn"), integer(input, "MaxResults")});
}

void append_start(std::string& out, json_value input) {
    allow_only(input, {"SourceArn", "DestinationArn", "MaxNumberOfMessagesPerSecond"});
    wire::append_body(out,
                      wire::start_input{required_text(input, "SourceArn"),
                                        text_or_empty(input, "DestinationArn"),
                                        integer(input, "MaxNumberOfMessagesPerSecond")});
}

void append_list_queues(std::string& out, json_value input) {
    allow_only(input, {"QueueNamePrefix", "NextToken", "MaxResults"});
    wire::append_body(out,
                      wire::list_queues_input{text_or_empty(input, "QueueNamePrefix"),
                                              text_or_empty(input, "NextToken"),
                                              integer(input, "MaxResults")});
}

void append_queue_url(std::string& out, json_value input) {
    allow_only(input, {"QueueName", "QueueOwnerAWSAccountId"});
    wire::append_body(out,
                      wire::queue_url_input{required_text(input, "QueueName"),
                                            text_or_empty(input, "QueueOwnerAWSAccountId")});
}

void append_attributes(std::string& out, json_value input) {
    allow_only(input, {"QueueUrl", "AttributeNames"});
    wire::append_body(out,
                      wire::queue_attributes_input{required_text(input, "QueueUrl"),
                                                   texts(input, "AttributeNames")});
}

void append_list_sources(std::string& out, json_value input) {
    allow_only(input, {"QueueUrl", "NextToken", "MaxResults"});
    wire::append_body(out,
                      wire::list_sources_input{required_text(input, "QueueUrl"),
                                               text_or_empty(input, "NextToken"),
                                               integer(input, "MaxResults")});
}

std::string body_of(wire::operation op, json_value input) {
    std::string out;
    switch (op) {
    case wire::operation::cancel_message_move_task: append_cancel(out, input); break;
    case wire::operation::list_message_move_tasks: append_list_tasks(out, input); break;
    case wire::operation::start_message_move_task: append_start(out, input); break;
    case wire::operation::list_queues: append_list_queues(out, input); break;
    case wire::operation::get_queue_url: append_queue_url(out, input); break;
    case wire::operation::get_queue_attributes: append_attributes(out, input); break;
    case wire::operation::list_dead_letter_source_queues: append_list_sources(out, input); break;
    }
    return out;
}

// A request is only ever written signed; the identity and the time are AWS's published examples.
std::string rendered(wire::operation op, std::string_view body) {
    const wire::request_context context{redrive::endpoint{.host = "sqs.us-east-1.amazonaws.com"},
                                        "us-east-1",
                                        "redrive-conform",
                                        {}};
    const credentials identity{
        "AKIDEXAMPLE", secret_text{"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}, {}, {}};
    const wire::attempt_stamp stamp{wire::wall_time{std::chrono::seconds{1440938160}},
                                    1,
                                    3,
                                    "00000000-0000-4000-8000-000000000000"};
    std::string out;
    wire::request_writer{context, identity}.append(out, op, body, stamp);
    return out;
}

} // namespace

answer serialize(json_value input, wire::json_writer& output) {
    const auto op = wire::operation_from(required_text(input, "operation"));
    if (!op) throw refused{"operation is not one that the client sends"};
    const auto given = input["input"];
    if (given.exists() && !given.is_object()) throw refused{"input is not an object"};
    wire::request_parser parser;
    static_cast<void>(parser.feed(rendered(*op, body_of(*op, given))));
    if (!parser.done()) throw refused{"the request that was written cannot be read"};

    const auto& request = parser.request();
    output.begin_object();
    write_text(output, "method", request.method);
    write_text(output, "uri", request.target);
    write_headers(output, request.headers);
    write_text(output, "body", request.body);
    output.end_object();
    return answer::given;
}

} // namespace redrive::conform
