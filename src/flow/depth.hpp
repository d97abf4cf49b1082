#pragma once

#include <cstddef>
#include <cstdint>

namespace redrive::flow {

// How many requests may be in flight on one connection of one host: learnt, or fixed.
//
// Learnt: starts at 1 and doubles each time a whole window of answers came back in order, up to the
// maximum. A loss or framing doubt with more than one request in flight puts the host back to 1 for
// the rest of the run.
class depth {
  public:
    enum class mode : std::uint8_t {
        off,    // always 1
        learnt, // "auto"
        fixed,  // the maximum from the first write; 1 after a loss
    };

    depth(mode how, std::size_t maximum);

    [[nodiscard]] std::size_t current() const noexcept { return current_; }
    [[nodiscard]] bool distrusted() const noexcept { return distrusted_; }

    // An answer was read in order while `in_flight` requests (itself included) were on the
    // connection.
    void answered_in_order(std::size_t in_flight);
    // The server announced its close and left requests of the window unanswered.
    void cut_short() noexcept { answered_in_window_ = 0; }
    // A connection was lost, or its framing became doubtful, with `in_flight` requests on it.
    // An announced `Connection: close` is not a loss.
    void lost(std::size_t in_flight);

  private:
    mode mode_;
    std::size_t maximum_;
    std::size_t current_;
    std::size_t answered_in_window_ = 0;
    bool distrusted_ = false;
};

} // namespace redrive::flow
