#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "sim/queue.hpp"

namespace redrive::sim {

// The queues of one account in one region, by name, and who names whom as dead-letter queue.
class queue_directory {
  public:
    using by_name = std::map<std::string, queue, std::less<>>;

    queue_directory(std::string account, std::string region);

    // Throws QueueNameExists when it exists with other attributes, InvalidParameterValue when a
    // name or a policy is not possible.
    queue& create(std::string_view name, const queue_attributes& attributes, wall_time now);
    void remove(std::string_view name);
    // Replaces all attributes.
    void change(queue& subject, queue_attributes attributes, wall_time now);

    [[nodiscard]] queue* find(std::string_view name);
    // Nothing for another account or region.
    [[nodiscard]] queue* find(const queue_arn& arn);
    [[nodiscard]] const by_name& all() const noexcept { return queues_; }
    // The names of the queues whose RedrivePolicy names this one.
    [[nodiscard]] const std::set<std::string, std::less<>>& sources_of(std::string_view name) const;

  private:
    void check(const queue_attributes& attributes, const queue_arn& owner);
    void link(const queue& source);
    void unlink(const queue& source);

    std::string account_, region_, partition_;
    by_name queues_;
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> sources_;
};

// The partition of a region, by its prefix: "aws", "aws-cn", "aws-us-gov".
[[nodiscard]] std::string_view partition_of(std::string_view region) noexcept;

} // namespace redrive::sim
