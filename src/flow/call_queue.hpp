#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>

namespace redrive::flow {

// Calls of one account and one class share a lane: an open pipelining window belongs to one lane.
enum class traffic_class : std::uint8_t {
    cancels, // served first
    others,
};

struct lane {
    traffic_class kind = traffic_class::others;
    std::uint32_t account = 0; // a number given by the owner of the queue's calls

    friend auto operator<=>(const lane&, const lane&) = default;
};

// The calls that wait for a connection: first in, first out within a lane; lanes of one class take
// turns; cancels go before everything else. Intrusive, so that waiting allocates nothing and any
// call can leave at once.
class call_queue {
  public:
    class entry {
      public:
        explicit entry(lane where) noexcept : lane_{where} {}
        entry(const entry&) = delete;
        entry& operator=(const entry&) = delete;
        [[nodiscard]] const lane& in_lane() const noexcept { return lane_; }
        [[nodiscard]] bool is_queued() const noexcept { return queued_; }

      protected:
        ~entry() = default;

      private:
        friend class call_queue;
        lane lane_;
        entry* previous_ = nullptr;
        entry* next_ = nullptr;
        bool queued_ = false;
    };

    void push_back(entry& call);
    // Back to the head of its lane: it was there before the others.
    void push_front(entry& call);
    void withdraw(entry& call);

    // The next call of any lane, or of those that may be served; nullptr when none waits.
    [[nodiscard]] entry* take_any(const std::function<bool(const lane&)>& may_serve = {});
    // The next call of this lane; nullptr when none waits, or when a cancel waits and this lane is
    // not of the cancels: a busy window of lists must drain and let them by.
    [[nodiscard]] entry* take_from(const lane& where);

    [[nodiscard]] bool waits_in(const lane& where) const { return lines_.count(where) != 0; }
    // Whether anybody waits in another lane than this one.
    [[nodiscard]] bool waits_elsewhere(const lane& where) const {
        return lines_.size() > lines_.count(where);
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

  private:
    struct line {
        entry* first = nullptr;
        entry* last = nullptr;
    };

    entry* take_first(std::map<lane, line>::iterator at);

    std::map<lane, line> lines_; // only lanes with calls in them
    lane last_served_[2]{{traffic_class::cancels, 0}, {traffic_class::others, 0}};
    std::size_t size_ = 0;
};

} // namespace redrive::flow
