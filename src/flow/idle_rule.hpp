#pragma once

#include <chrono>

namespace redrive::flow {

// How long a keep-alive connection is worth keeping. Servers close idle connections without a
// warning and rarely say after how long, so that it is learnt.
class idle_rule {
  public:
    using duration = std::chrono::steady_clock::duration;

    struct limits {
        duration life = std::chrono::seconds{20};  // idle for longer: closed by us
        duration trust = std::chrono::seconds{4};  // idle for longer: it may be closed by now
        duration oldest = std::chrono::minutes{5}; // in use or not: DNS may have moved the service
    };

    explicit idle_rule(limits bounds) noexcept : limits_{bounds}, life_{bounds.life} {}

    // The server closed a connection that had been idle for so long, or had closed it by the time
    // of the next request.
    void closed_by_server(duration idle) noexcept;

    [[nodiscard]] duration life() const noexcept { return life_; }
    // Whether a request that must not be sent twice may go out on a connection that was idle for so
    // long.
    [[nodiscard]] bool trusts(duration idle) const noexcept;
    // Of the n-th connection: those that were opened together do not all go at once.
    [[nodiscard]] duration oldest(std::size_t n) const noexcept;

  private:
    limits limits_;
    duration life_;
};

} // namespace redrive::flow
