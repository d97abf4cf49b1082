#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/pace.hpp"

namespace redrive::sim {

enum class fault_action : std::uint8_t {
    none,
    throttle,      // 403 RequestThrottled instead of the call
    error,         // error:CODE[:STATUS] instead of the call
    html,          // html:STATUS, a proxy's page instead of the call
    delay,         // delay:MS, the reply comes late; the call is made
    date,          // date:SECONDS, the server's clock is that far ahead, Date header and all
    close,         // the call is made, the connection closed before the reply
    reset,         // the call is made, the connection reset
    half,          // the call is made, half of the reply's body sent, the connection closed
    drip,          // the reply comes byte by byte
    garbage,       // the call is made, the reply is not HTTP
    stale,         // stale[:MS], the connection is closed when it was idle for that long
    close_after,   // close-after:N, the N-th reply of a connection announces its end
    drop_pipeline, // when more requests wait behind this one: its reply, then the end
    no_pipelining, // what waits behind this one is never answered
    tls_fail,      // the handshake fails; counts connections instead of requests
};

enum class fault_trigger : std::uint8_t { always, nth, every, probability };

struct fault_rule {
    std::string operation, account, region; // empty: any
    fault_trigger trigger = fault_trigger::always;
    double trigger_number = 0;
    fault_action action = fault_action::none;
    std::string text;        // error: the code
    std::int64_t number = 0; // the action's number; error: the status, 0 for the code's own
};

// Reads `op=ListMessageMoveTasks,account=...,region=...,nth=3,do=delay:100`. Throws
// std::invalid_argument with a text for the user.
[[nodiscard]] fault_rule parse_fault(std::string_view text);

// What all rules together do to one request.
struct fault_verdict {
    fault_action action = fault_action::none; // of the first rule that fires, delay and date aside
    std::string_view text;
    std::int64_t number = 0;
    milliseconds delay{0};
    std::chrono::seconds date_offset{0};
};

// The rules with their counters: the same requests in the same order meet the same faults.
class fault_rules {
  public:
    explicit fault_rules(std::uint64_t seed) : seed_{seed} {}

    void replace(std::vector<fault_rule> rules);
    [[nodiscard]] bool empty() const noexcept { return rules_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return rules_.size(); }

    [[nodiscard]] fault_verdict judge(std::string_view operation,
                                      std::string_view account,
                                      std::string_view region);
    [[nodiscard]] bool fails_handshake();

  private:
    struct counted_rule {
        fault_rule rule;
        std::uint64_t seen = 0;
    };
    bool fires(std::size_t index);

    std::uint64_t seed_;
    std::vector<counted_rule> rules_;
};

} // namespace redrive::sim
