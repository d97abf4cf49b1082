#include <algorithm>
#include <vector>

#include "core/base64.hpp"
#include "sim/api_error.hpp"
#include "sim/input.hpp"
#include "sim/operations.hpp"

namespace redrive::sim {
namespace {

constexpr std::size_t longest_page = 1000;

void read_attributes(wire::json_value given, queue_attributes& attributes) {
    for (const auto [name, value] : given.members()) {
        const auto text = value.text();
        if (!text)
            throw api_error{"SerializationException",
                            "The value of attribute " + std::string{name} + " is not a text."};
        attributes.set(name, *text);
    }
}

void write_url(const call_context& call, std::string_view queue_name) {
    call.out.begin_object();
    call.out.key("QueueUrl");
    call.out.text(url_of(call, queue_name));
    call.out.end_object();
}

void write_nothing(const call_context& call) {
    call.out.begin_object();
    call.out.end_object();
}

using attribute_list = std::vector<std::pair<std::string, std::string>>;

attribute_list attributes_of(const queue& subject, wall_time now) {
    auto all = subject.attributes.shown();
    const auto counts = subject.count(now);
    const auto seconds = [](wall_time at) {
        return std::to_string(
            std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
    };
    all.emplace_back("QueueArn", subject.arn_text);
    all.emplace_back("ApproximateNumberOfMessages", std::to_string(counts.visible));
    all.emplace_back("ApproximateNumberOfMessagesNotVisible", std::to_string(counts.in_flight));
    all.emplace_back("ApproximateNumberOfMessagesDelayed", std::to_string(counts.delayed));
    all.emplace_back("CreatedTimestamp", seconds(subject.created));
    all.emplace_back("LastModifiedTimestamp", seconds(subject.modified));
    return all;
}

constexpr std::string_view computed_attributes[] = {
    "All",
    "QueueArn",
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
    "CreatedTimestamp",
    "LastModifiedTimestamp",
};

std::vector<std::string_view> wanted_attributes(const call_context& call) {
    std::vector<std::string_view> names;
    for (const auto element : call.input["AttributeNames"].elements()) {
        const auto name = element.text().value_or("");
        if (!queue_attributes::is_settable(name) &&
            std::ranges::find(computed_attributes, name) == std::end(computed_attributes))
            throw api_error{"InvalidAttributeName", "Unknown Attribute " + std::string{name} + "."};
        names.push_back(name);
    }
    return names;
}

// A page of names in order. The token is the last name of the page before, in base64; without
// MaxResults there is one page and no token, as the service does.
struct page {
    std::vector<std::string_view> names;
    std::string next_token;
};

struct page_terms {
    std::string prefix, after;
    std::size_t size = longest_page;
    bool has_token = false; // whether a next one may be given
};

page_terms read_page_terms(const call_context& call) {
    page_terms terms;
    terms.prefix = optional_text(call.input, "QueueNamePrefix");
    if (const auto size = integer_between(call.input, "MaxResults", 1, longest_page)) {
        terms.size = static_cast<std::size_t>(*size);
        terms.has_token = true;
    }
    if (const auto token = optional_text(call.input, "NextToken"); !token.empty()) {
        const auto after = base64_decode(token);
        if (!after) throw invalid_parameter("Invalid or expired next token.");
        terms.after = *after;
    }
    return terms;
}

// `names` is any ordered container; `name_of` gets the name out of an element.
template <class Names, class NameOf>
page read_page(const Names& names, const page_terms& terms, NameOf name_of) {
    page result;
    const auto start = std::max(terms.after, terms.prefix);
    for (auto it = names.lower_bound(start); it != names.end(); ++it) {
        const std::string_view name = name_of(*it);
        if (!name.starts_with(terms.prefix)) break;
        if (name == terms.after) continue;
        if (result.names.size() == terms.size) {
            if (terms.has_token) result.next_token = base64_encode(result.names.back());
            break;
        }
        result.names.push_back(name);
    }
    return result;
}

void write_page(const call_context& call, std::string_view list_name, const page& content) {
    call.out.key(list_name);
    call.out.begin_array();
    for (const auto name : content.names)
        call.out.text(url_of(call, name));
    call.out.end_array();
    if (content.next_token.empty()) return;
    call.out.key("NextToken");
    call.out.text(content.next_token);
}

} // namespace

void create_queue(const call_context& call) {
    const auto name = required_text(call.input, "QueueName");
    queue_attributes attributes;
    read_attributes(call.input["Attributes"], attributes);
    write_url(call, call.where.queues.create(name, attributes, call.now).arn.name);
}

void delete_queue(const call_context& call) {
    const auto& subject = named_queue(call);
    call.where.tasks.queue_goes(subject, call.now);
    call.where.queues.remove(std::string{subject.arn.name});
    write_nothing(call);
}

void get_queue_url(const call_context& call) {
    const auto name = required_text(call.input, "QueueName");
    const auto owner = optional_text(call.input, "QueueOwnerAWSAccountId");
    if (call.where.queues.find(name) == nullptr || (!owner.empty() && owner != call.where.account))
        throw no_such_queue();
    write_url(call, name);
}

void get_queue_attributes(const call_context& call) {
    const auto& subject = named_queue(call);
    const auto wanted = wanted_attributes(call);
    const bool all = std::ranges::find(wanted, "All") != wanted.end();
    call.where.tasks.settle(call.now);
    call.out.begin_object();
    if (!wanted.empty()) {
        call.out.key("Attributes");
        call.out.begin_object();
        for (const auto& [name, value] : attributes_of(subject, call.now)) {
            if (!all && std::ranges::find(wanted, name) == wanted.end()) continue;
            call.out.key(name);
            call.out.text(value);
        }
        call.out.end_object();
    }
    call.out.end_object();
}

void set_queue_attributes(const call_context& call) {
    auto& subject = named_queue(call);
    auto attributes = subject.attributes;
    read_attributes(call.input["Attributes"], attributes);
    if (attributes.is_true("FifoQueue") != subject.is_fifo())
        throw api_error{"InvalidAttributeName", "Unknown Attribute FifoQueue."};
    call.where.queues.change(subject, std::move(attributes), call.now);
    write_nothing(call);
}

void list_queues(const call_context& call) {
    const auto content =
        read_page(call.where.queues.all(),
                  read_page_terms(call),
                  [](const auto& entry) -> std::string_view { return entry.first; });
    call.out.begin_object();
    if (!content.names.empty()) write_page(call, "QueueUrls", content);
    call.out.end_object();
}

void list_dead_letter_source_queues(const call_context& call) {
    const auto& subject = named_queue(call);
    auto terms = read_page_terms(call);
    terms.prefix.clear();
    const auto content = read_page(call.where.queues.sources_of(subject.arn.name),
                                   terms,
                                   [](const auto& name) -> std::string_view { return name; });
    call.out.begin_object();
    write_page(call, "queueUrls", content);
    call.out.end_object();
}

void purge_queue(const call_context& call) {
    auto& subject = named_queue(call);
    call.where.tasks.settle(call.now);
    subject.backlog = 0;
    if (subject.real) subject.real->clear();
    write_nothing(call);
}

} // namespace redrive::sim
