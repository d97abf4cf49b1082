#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace redrive::sim {

// What RedrivePolicy says.
struct redrive_policy {
    std::string target_arn;
    int max_receive_count = 0;
};

// The attributes of a queue that a caller may set; unset ones have the service's defaults.
class queue_attributes {
  public:
    // Throws InvalidAttributeName or InvalidAttributeValue. An empty policy removes it.
    void set(std::string_view name, std::string_view value);

    [[nodiscard]] std::int64_t number(std::string_view name) const;
    [[nodiscard]] bool is_true(std::string_view name) const;
    [[nodiscard]] const std::optional<redrive_policy>& redrive() const noexcept { return redrive_; }

    // All that GetQueueAttributes shows of them.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> shown() const;

    // Whether every attribute that `wanted` sets has that value here.
    [[nodiscard]] bool agree_with(const queue_attributes& wanted) const;

    [[nodiscard]] static bool is_settable(std::string_view name);

  private:
    [[nodiscard]] std::string value_of(std::string_view name) const;

    std::map<std::string, std::string, std::less<>> set_;
    std::optional<redrive_policy> redrive_;
};

} // namespace redrive::sim
