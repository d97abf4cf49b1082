#include "flow/pool_plan.hpp"

#include <algorithm>

namespace redrive::flow {
namespace {

std::size_t minus(std::size_t a, std::size_t b) noexcept {
    return a > b ? a - b : 0;
}

} // namespace

std::size_t connections_to_open(const pool_view& view) noexcept {
    const auto depth = std::max<std::size_t>(view.depth, 1);
    const auto unserved = minus(view.waiting, view.room);
    const auto for_calls = minus(unserved / depth + (unserved % depth != 0 ? 1 : 0), view.opening);
    const auto anyway = minus(minus(view.wanted, view.open), view.opening);
    return std::min({std::max(for_calls, anyway),
                     minus(minus(view.max_connections, view.open), view.opening),
                     minus(view.max_opening, view.opening)});
}

} // namespace redrive::flow
