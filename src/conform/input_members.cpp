#include "conform/input_members.hpp"

#include <initializer_list>
#include <string_view>
#include <vector>

#include "conform/input.hpp"
#include "conform/verb.hpp"
#include "wire/request_body.hpp"

namespace redrive::conform {
namespace {

// Neither the service's model nor any client knows another member.
void allow_only(wire::json_value input, std::initializer_list<std::string_view> names) {
    for (const auto [name, value] : input.members()) {
        bool known = false;
        for (const auto allowed : names)
            known = known || name == allowed;
        if (!known) throw refused{std::string{name} + " is not a member of the input"};
    }
}

std::vector<std::string> texts(wire::json_value input, std::string_view name) {
    std::vector<std::string> out;
    const auto list = input[name];
    if (list.exists() && !list.is_array()) throw refused{std::string{name} + " is not a list"};
    for (const auto element : list.elements()) {
        if (!element.text()) throw refused{std::string{name} + " is not a list of strings"};
        out.emplace_back(*element.text());
    }
    return out;
}

std::string_view text_or_empty(wire::json_value input, std::string_view name) {
    return text(input, name).value_or("");
}

void append_cancel(std::string& out, wire::json_value input) {
    allow_only(input, {"TaskHandle"});
    wire::append_body(out, wire::cancel_input{required_text(input, "TaskHandle")});
}

void append_list_tasks(std::string& out, wire::json_value input) {
    allow_only(input, {"SourceArn", "MaxResults"});
    wire::append_body(
        out,
        wire::list_tasks_input{required_text(input, "SourceArn"), integer(input, "MaxResults")});
}

void append_start(std::string& out, wire::json_value input) {
    allow_only(input, {"SourceArn", "DestinationArn", "MaxNumberOfMessagesPerSecond"});
    wire::append_body(out,
                      wire::start_input{required_text(input, "SourceArn"),
                                        text_or_empty(input, "DestinationArn"),
                                        integer(input, "MaxNumberOfMessagesPerSecond")});
}

void append_list_queues(std::string& out, wire::json_value input) {
    allow_only(input, {"QueueNamePrefix", "NextToken", "MaxResults"});
    wire::append_body(out,
                      wire::list_queues_input{text_or_empty(input, "QueueNamePrefix"),
                                              text_or_empty(input, "NextToken"),
                                              integer(input, "MaxResults")});
}

void append_queue_url(std::string& out, wire::json_value input) {
    allow_only(input, {"QueueName", "QueueOwnerAWSAccountId"});
    wire::append_body(out,
                      wire::queue_url_input{required_text(input, "QueueName"),
                                            text_or_empty(input, "QueueOwnerAWSAccountId")});
}

void append_attributes(std::string& out, wire::json_value input) {
    allow_only(input, {"QueueUrl", "AttributeNames"});
    wire::append_body(out,
                      wire::queue_attributes_input{required_text(input, "QueueUrl"),
                                                   texts(input, "AttributeNames")});
}

void append_list_sources(std::string& out, wire::json_value input) {
    allow_only(input, {"QueueUrl", "NextToken", "MaxResults"});
    wire::append_body(out,
                      wire::list_sources_input{required_text(input, "QueueUrl"),
                                               text_or_empty(input, "NextToken"),
                                               integer(input, "MaxResults")});
}

} // namespace

wire::operation operation_of(wire::json_value case_) {
    const auto op = wire::operation_from(required_text(case_, "operation"));
    if (!op) throw refused{"operation is not one that the client sends"};
    return *op;
}

std::string body_of(wire::operation op, wire::json_value case_) {
    const auto input = case_["input"];
    if (input.exists() && !input.is_object()) throw refused{"input is not an object"};
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

} // namespace redrive::conform
