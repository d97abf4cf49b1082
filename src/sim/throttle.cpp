#include "sim/throttle.hpp"

#include <algorithm>
#include <stdexcept>

#include "sim/key_values.hpp"

namespace redrive::sim {

void throttle::add(std::string_view limit) {
    const auto equals = limit.find('=');
    if (equals == std::string_view::npos || equals == 0 || !limit.ends_with("/s"))
        throw std::invalid_argument{"'" + std::string{limit} + "' is not Operation=N/s"};
    const auto number = limit.substr(equals + 1, limit.size() - equals - 3);
    rates_[std::string{limit.substr(0, equals)}] = positive_number("limit", number);
}

bool throttle::admits(std::string_view operation,
                      std::string_view account,
                      std::string_view region,
                      wall_time now) {
    if (rates_.empty()) return true;
    auto rate = rates_.find(operation);
    if (rate == rates_.end()) rate = rates_.find("*");
    if (rate == rates_.end()) return true;
    key_.assign(operation).append("/").append(account).append("/").append(region);
    const double capacity = std::max(1.0, rate->second);
    auto& current = buckets_.try_emplace(key_, bucket{capacity, now}).first->second;
    const double seconds = std::chrono::duration<double>(now - current.filled).count();
    current.tokens = std::min(capacity, current.tokens + std::max(0.0, seconds) * rate->second);
    current.filled = std::max(current.filled, now);
    if (current.tokens < 1) return false;
    current.tokens -= 1;
    return true;
}

} // namespace redrive::sim
