#include "wire/request_body.hpp"

#include "wire/json_writer.hpp"

namespace redrive::wire {
namespace {

// One JSON object; members in alphabetical order, as the SDKs' snapshots have them.
class body_writer {
  public:
    explicit body_writer(std::string& out) : json_{out} { json_.begin_object(); }

    body_writer& required(std::string_view name, std::string_view value) {
        json_.key(name);
        json_.text(value);
        return *this;
    }
    body_writer& unless_empty(std::string_view name, std::string_view value) {
        return value.empty() ? *this : required(name, value);
    }
    body_writer& if_set(std::string_view name, std::optional<std::int32_t> value) {
        if (value) {
            json_.key(name);
            json_.integer(*value);
        }
        return *this;
    }
    body_writer& unless_empty(std::string_view name, const std::vector<std::string>& values) {
        if (values.empty()) return *this;
        json_.key(name);
        json_.begin_array();
        for (const auto& value : values)
            json_.text(value);
        json_.end_array();
        return *this;
    }
    void end() { json_.end_object(); }

  private:
    json_writer json_;
};

} // namespace

void append_body(std::string& out, const cancel_input& input) {
    body_writer{out}.required("TaskHandle", input.task_handle).end();
}

void append_body(std::string& out, const list_tasks_input& input) {
    body_writer{out}
        .if_set("MaxResults", input.max_results)
        .required("SourceArn", input.source_arn)
        .end();
}

void append_body(std::string& out, const start_input& input) {
    body_writer{out}
        .unless_empty("DestinationArn", input.destination_arn)
        .if_set("MaxNumberOfMessagesPerSecond", input.max_rate)
        .required("SourceArn", input.source_arn)
        .end();
}

void append_body(std::string& out, const list_queues_input& input) {
    body_writer{out}
        .if_set("MaxResults", input.max_results)
        .unless_empty("NextToken", input.next_token)
        .unless_empty("QueueNamePrefix", input.name_prefix)
        .end();
}

void append_body(std::string& out, const queue_url_input& input) {
    body_writer{out}
        .required("QueueName", input.queue_name)
        .unless_empty("QueueOwnerAWSAccountId", input.owner_account)
        .end();
}

void append_body(std::string& out, const queue_attributes_input& input) {
    body_writer{out}
        .unless_empty("AttributeNames", input.names)
        .required("QueueUrl", input.queue_url)
        .end();
}

void append_body(std::string& out, const list_sources_input& input) {
    body_writer{out}
        .if_set("MaxResults", input.max_results)
        .unless_empty("NextToken", input.next_token)
        .required("QueueUrl", input.queue_url)
        .end();
}

} // namespace redrive::wire
