#include "sim/service.hpp"

#include <tuple>

namespace redrive::sim {

cell& service::at(std::string_view account, std::string_view region) {
    std::pair key{std::string{account}, std::string{region}};
    if (const auto found = cells_.find(key); found != cells_.end()) return found->second;
    return cells_
        .emplace(std::piecewise_construct,
                 std::forward_as_tuple(key),
                 std::forward_as_tuple(key.first, key.second, pace_, random_))
        .first->second;
}

} // namespace redrive::sim
