#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "sim/api_error.hpp"
#include "sim/input.hpp"
#include "sim/message_input.hpp"
#include "sim/message_output.hpp"
#include "sim/operations.hpp"

namespace redrive::sim {
namespace {

constexpr std::size_t largest_batch = 10;

void write_accepted(const call_context& call, const queue& target, const queue_message& message) {
    call.out.key("MessageId");
    call.out.text(message.id);
    call.out.key("MD5OfMessageBody");
    call.out.text(message.body_md5);
    if (!message.attributes_md5.empty()) {
        call.out.key("MD5OfMessageAttributes");
        call.out.text(message.attributes_md5);
    }
    if (target.is_fifo()) {
        call.out.key("SequenceNumber");
        call.out.text(std::to_string(message.sequence));
    }
}

struct batch_entry {
    std::string_view id;
    wire::json_value value;
};

std::vector<batch_entry> read_entries(const call_context& call) {
    std::vector<batch_entry> entries;
    std::set<std::string_view> ids;
    for (const auto element : call.input["Entries"].elements()) {
        const auto id = required_text(element, "Id");
        if (!ids.insert(id).second) throw api_error{"BatchEntryIdsNotDistinct"};
        entries.push_back({id, element});
    }
    if (entries.empty()) throw api_error{"EmptyBatchRequest"};
    if (entries.size() > largest_batch) throw api_error{"TooManyEntriesInBatchRequest"};
    return entries;
}

void write_failed(wire::json_writer& out, std::string_view id, const api_error& why) {
    out.begin_object();
    out.key("Id");
    out.text(id);
    out.key("SenderFault");
    out.boolean(true);
    out.key("Code");
    out.text(why.legacy_code);
    out.key("Message");
    out.text(why.message);
    out.end_object();
}

// Applies `one` to each entry; it writes the members of a Successful element beside its Id.
template <class One>
void answer_batch(const call_context& call, One one) {
    std::vector<std::pair<std::string_view, api_error>> failed;
    const auto entries = read_entries(call);
    call.out.begin_object();
    call.out.key("Successful");
    call.out.begin_array();
    for (const auto& entry : entries) {
        try {
            const auto write_rest = one(entry.value);
            call.out.begin_object();
            call.out.key("Id");
            call.out.text(entry.id);
            write_rest();
            call.out.end_object();
        } catch (const api_error& why) {
            failed.emplace_back(entry.id, why);
        }
    }
    call.out.end_array();
    call.out.key("Failed");
    call.out.begin_array();
    for (const auto& [id, why] : failed)
        write_failed(call.out, id, why);
    call.out.end_array();
    call.out.end_object();
}

void bury(const call_context& call, const queue& source, std::vector<queue_message> dead) {
    const auto target = parse_queue_arn(source.attributes.redrive()->target_arn);
    auto* dead_letters = target ? call.where.queues.find(*target) : nullptr;
    if (dead_letters == nullptr) return;
    for (auto& message : dead) {
        // It keeps its id and its age; only what it counts as received goes on.
        message.origin_arn = source.arn_text;
        message.visible_at = call.now;
        dead_letters->messages().push(std::move(message));
    }
}

mailbox::receive_terms read_receive_terms(const call_context& call, const queue& source) {
    mailbox::receive_terms terms;
    terms.at_most = static_cast<std::size_t>(
        integer_between(call.input, "MaxNumberOfMessages", 1, 10).value_or(1));
    const auto visibility = integer_between(call.input, "VisibilityTimeout", 0, 43'200)
                                .value_or(source.attributes.number("VisibilityTimeout"));
    terms.visibility = call.tempo.lasting(std::chrono::seconds{visibility});
    // A policy whose target is gone keeps its messages.
    if (const auto& policy = source.attributes.redrive())
        if (const auto target = parse_queue_arn(policy->target_arn);
            target && call.where.queues.find(*target) != nullptr)
            terms.max_receive_count = policy->max_receive_count;
    return terms;
}

bool goes_on_waiting(const call_context& call, const queue& source) {
    const auto seconds = integer_between(call.input, "WaitTimeSeconds", 0, 20)
                             .value_or(source.attributes.number("ReceiveMessageWaitTimeSeconds"));
    const auto end = call.arrived + std::chrono::seconds{seconds};
    if (call.now >= end) return false;
    call.wait_until = end;
    return true;
}

} // namespace

void send_message(const call_context& call) {
    auto& target = named_queue(call);
    call.where.tasks.settle(call.now);
    const auto& message = accept_message(call, target, call.input);
    call.out.begin_object();
    write_accepted(call, target, message);
    call.out.end_object();
}

void send_message_batch(const call_context& call) {
    auto& target = named_queue(call);
    call.where.tasks.settle(call.now);
    answer_batch(call, [&](wire::json_value entry) {
        const auto& message = accept_message(call, target, entry);
        return [&] { write_accepted(call, target, message); };
    });
}

void receive_message(const call_context& call) {
    auto& source = named_queue(call);
    const auto terms = read_receive_terms(call, source);
    call.where.tasks.settle(call.now);
    mailbox::received taken;
    if (source.real) taken = source.real->receive(terms, call.now);
    if (!taken.dead.empty()) bury(call, source, std::move(taken.dead));
    if (taken.messages.empty() && goes_on_waiting(call, source)) return;
    const message_selection selection{call.input};
    call.out.begin_object();
    if (!taken.messages.empty()) {
        call.out.key("Messages");
        call.out.begin_array();
        for (const auto* message : taken.messages)
            write_message(call.out, *message, selection);
        call.out.end_array();
    }
    call.out.end_object();
}

void delete_message(const call_context& call) {
    auto& source = named_queue(call);
    const auto id = message_id_of(required_text(call.input, "ReceiptHandle"));
    if (source.real) source.real->remove(id);
    call.out.begin_object();
    call.out.end_object();
}

void delete_message_batch(const call_context& call) {
    auto& source = named_queue(call);
    answer_batch(call, [&](wire::json_value entry) {
        const auto id = message_id_of(required_text(entry, "ReceiptHandle"));
        if (source.real) source.real->remove(id);
        return [] {};
    });
}

} // namespace redrive::sim
