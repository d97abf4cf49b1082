#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace redrive::flow {

struct aging_rules {
    std::chrono::seconds fresh_for{30};       // older: look it up again
    std::chrono::seconds usable_for{10 * 60}; // when that fails; older still: forgotten
    std::size_t most = 256;                   // the oldest gives way
};

// What was looked up by name, while it is young enough.
template <class Value>
class aging_cache {
  public:
    using time = std::chrono::steady_clock::time_point;

    explicit aging_cache(aging_rules rules = {}) : rules_{rules} {}

    [[nodiscard]] std::optional<Value> fresh(std::string_view name, time now) const {
        return younger_than(rules_.fresh_for, name, now);
    }
    // For want of anything newer.
    [[nodiscard]] std::optional<Value> usable(std::string_view name, time now) const {
        return younger_than(rules_.usable_for, name, now);
    }
    void found(std::string_view name, Value value, time now) {
        const auto at = entries_.find(name);
        if (at != entries_.end()) {
            at->second = {std::move(value), now};
            return;
        }
        if (entries_.size() >= rules_.most) forget_oldest();
        entries_.emplace(name, entry{std::move(value), now});
    }

  private:
    struct entry {
        Value value;
        time since;
    };

    std::optional<Value> younger_than(std::chrono::seconds age,
                                      std::string_view name,
                                      time now) const {
        const auto at = entries_.find(name);
        if (at == entries_.end() || now >= at->second.since + age) return std::nullopt;
        return at->second.value;
    }
    void forget_oldest() {
        const auto oldest =
            std::min_element(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
                return a.second.since < b.second.since;
            });
        if (oldest != entries_.end()) entries_.erase(oldest);
    }

    aging_rules rules_;
    std::map<std::string, entry, std::less<>> entries_;
};

} // namespace redrive::flow
