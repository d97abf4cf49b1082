#include "sim/queue_directory.hpp"

#include <utility>

#include "sim/api_error.hpp"

namespace redrive::sim {

std::string_view partition_of(std::string_view region) noexcept {
    if (region.starts_with("cn-")) return "aws-cn";
    if (region.starts_with("us-gov-")) return "aws-us-gov";
    return "aws";
}

queue_directory::queue_directory(std::string account, std::string region)
    : account_{std::move(account)}, region_{std::move(region)}, partition_{partition_of(region_)} {}

queue& queue_directory::create(std::string_view name,
                               const queue_attributes& attributes,
                               wall_time now) {
    if (!is_queue_name(name))
        throw invalid_parameter(
            "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    if (auto* existing = find(name)) {
        if (!existing->attributes.agree_with(attributes)) throw api_error{"QueueNameExists"};
        return *existing;
    }
    if (name.ends_with(".fifo") != attributes.is_true("FifoQueue"))
        throw invalid_parameter("The name of a FIFO queue can only include alphanumeric "
                                "characters, hyphens, or underscores, must end with .fifo suffix "
                                "and be 1 to 80 in length.");
    queue made{.arn = {partition_, region_, account_, std::string{name}},
               .arn_text = {},
               .attributes = attributes,
               .created = now,
               .modified = now,
               .backlog = 0,
               .real = nullptr,
               .history = {}};
    check(attributes, made.arn);
    made.arn_text = to_string(made.arn);
    auto& placed = queues_.emplace(std::string{name}, std::move(made)).first->second;
    link(placed);
    return placed;
}

void queue_directory::remove(std::string_view name) {
    const auto found = queues_.find(name);
    if (found == queues_.end()) return;
    unlink(found->second);
    queues_.erase(found);
}

void queue_directory::change(queue& subject, queue_attributes attributes, wall_time now) {
    check(attributes, subject.arn);
    unlink(subject);
    subject.attributes = std::move(attributes);
    subject.modified = now;
    link(subject);
}

queue* queue_directory::find(std::string_view name) {
    const auto found = queues_.find(name);
    return found == queues_.end() ? nullptr : &found->second;
}

queue* queue_directory::find(const queue_arn& arn) {
    if (arn.account != account_ || arn.region != region_ || arn.partition != partition_)
        return nullptr;
    return find(arn.name);
}

const std::set<std::string, std::less<>>& queue_directory::sources_of(std::string_view name) const {
    static const std::set<std::string, std::less<>> none;
    const auto found = sources_.find(name);
    return found == sources_.end() ? none : found->second;
}

void queue_directory::check(const queue_attributes& attributes, const queue_arn& owner) {
    if (!attributes.redrive()) return;
    const auto& target_arn = attributes.redrive()->target_arn;
    const auto target = parse_queue_arn(target_arn);
    if (!target || find(*target) == nullptr)
        throw invalid_parameter("Value for parameter RedrivePolicy is invalid. Reason: Dead letter "
                                "target does not exist.");
    if (target->name.ends_with(".fifo") != owner.name.ends_with(".fifo"))
        throw invalid_parameter("Value for parameter RedrivePolicy is invalid. Reason: Dead-letter "
                                "queue must be same type of queue as the source.");
}

void queue_directory::link(const queue& source) {
    if (!source.attributes.redrive()) return;
    const auto target = parse_queue_arn(source.attributes.redrive()->target_arn);
    if (target) sources_[target->name].insert(source.arn.name);
}

void queue_directory::unlink(const queue& source) {
    if (!source.attributes.redrive()) return;
    const auto target = parse_queue_arn(source.attributes.redrive()->target_arn);
    if (!target) return;
    const auto found = sources_.find(target->name);
    if (found == sources_.end()) return;
    found->second.erase(source.arn.name);
    if (found->second.empty()) sources_.erase(found);
}

} // namespace redrive::sim
