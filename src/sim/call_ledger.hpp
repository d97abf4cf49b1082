#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace redrive::sim {

// What arrived and what became of it, for GET /_sim/state.
class call_ledger {
  public:
    struct call {
        std::string operation, account, region, result;
        std::uint64_t count = 0;
    };
    struct connection_counts {
        std::uint64_t opened = 0, open = 0, handshakes = 0, resumed = 0, deepest_pipeline = 0;
    };

    // `result` is "ok", the type of the error, or the fault that hid the reply.
    void record(std::string_view operation,
                std::string_view account,
                std::string_view region,
                std::string_view result);
    // Everything but what concerns connections that are still open.
    void reset();

    [[nodiscard]] const auto& calls() const noexcept { return calls_; }
    [[nodiscard]] std::uint64_t throttled() const noexcept { return throttled_; }
    // Operations that a stop has no business with.
    [[nodiscard]] const std::set<std::string, std::less<>>& forbidden() const noexcept {
        return forbidden_;
    }

    connection_counts connections;

  private:
    std::map<std::string, call, std::less<>> calls_;
    std::set<std::string, std::less<>> forbidden_;
    std::uint64_t throttled_ = 0;
    std::string key_; // kept for its memory
};

} // namespace redrive::sim
