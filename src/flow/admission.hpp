#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "flow/rate_limiter.hpp"

namespace redrive::flow {

// What a call of one account and region is for; each kind is admitted before the next one, except
// that proofs and searches, which are the same operation, take turns.
enum class call_purpose : std::uint8_t {
    order,       // CancelMessageMoveTask
    search_page, // ListQueues, GetQueueUrl
    proof,       // ListMessageMoveTasks that proves a stop
    search,      // ListMessageMoveTasks that finds tasks
};

// Decides which waiting call of one account and region may be sent next: within the rate of its
// operation, within the bound of calls in flight, orders first and the worst damage first among
// them.
class admission {
  public:
    using time = rate_limiter::time;
    using duration = rate_limiter::duration;
    // Small numbers from 0, one for each call that waits; the numbers of calls that went are given
    // again.
    using ticket = std::uint32_t;

    struct limiters {
        rate_limiter cancels, lists, pages;
    };

    admission(std::size_t max_in_flight, limiters rates)
        : max_in_flight_{max_in_flight}, rates_{std::move(rates)} {}

    // A call wants to go; `rank`: higher goes first among those of its purpose, then first come.
    [[nodiscard]] ticket wait(call_purpose why, double rank);
    void withdraw(ticket call);

    // The call that may go now; it counts as in flight until finished() is told.
    [[nodiscard]] std::optional<ticket> next(time now);
    // After next() found nothing: how long until it may; nothing: not before another event.
    [[nodiscard]] std::optional<duration> pause() const noexcept { return pause_; }

    enum class reply : std::uint8_t { admitted, throttled, none };
    void finished(call_purpose why, reply what, time now);

    [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_; }
    [[nodiscard]] std::size_t waiting() const noexcept { return waiting_; }

  private:
    static constexpr std::size_t purposes = 4;

    struct entry {
        double rank;
        std::uint64_t arrival;
        ticket call;

        // Whoever goes first is the greatest, as the standard heaps have it.
        friend bool operator<(const entry& a, const entry& b) noexcept {
            return a.rank != b.rank ? a.rank < b.rank : a.arrival > b.arrival;
        }
    };
    // Those of one purpose, a heap. Who withdraws leaves its entry behind, to be dropped when its
    // turn comes or when there are too many such.
    struct line {
        std::vector<entry> heap;
        std::size_t left = 0; // entries of calls that withdrew
    };
    struct place {
        call_purpose why;
        bool is_taken;
    };

    [[nodiscard]] rate_limiter& limiter_of(call_purpose why) noexcept;
    [[nodiscard]] line& line_of(call_purpose why) noexcept {
        return lines_[static_cast<std::size_t>(why)];
    }
    [[nodiscard]] std::optional<ticket> take(call_purpose why, time now);
    [[nodiscard]] ticket pop(line& from);
    void drop_those_that_left(line& from);

    std::size_t max_in_flight_;
    limiters rates_;
    std::array<line, purposes> lines_;
    std::vector<place> places_; // by ticket
    std::vector<ticket> free_;
    std::size_t waiting_ = 0;
    std::size_t in_flight_ = 0;
    std::uint64_t arrivals_ = 0;
    bool search_has_turn_ = true;
    std::optional<duration> pause_;
};

} // namespace redrive::flow
