#include "flow/depth.hpp"

#include <algorithm>

namespace redrive::flow {

depth::depth(mode how, std::size_t maximum)
    : mode_{how}, maximum_{how == mode::off ? 1 : std::max<std::size_t>(maximum, 1)},
      current_{how == mode::fixed ? maximum_ : 1} {}

void depth::answered_in_order(std::size_t in_flight) {
    if (mode_ != mode::learnt || distrusted_ || current_ == maximum_) return;
    // A window counts only from a moment at which it was full: less would prove a lesser depth.
    if (answered_in_window_ == 0 && in_flight < current_) return;
    if (++answered_in_window_ < current_) return;
    answered_in_window_ = 0;
    current_ = current_ > maximum_ / 2 ? maximum_ : current_ * 2;
}

void depth::lost(std::size_t in_flight) {
    answered_in_window_ = 0;
    if (in_flight <= 1) return;
    distrusted_ = true;
    current_ = 1;
}

} // namespace redrive::flow
