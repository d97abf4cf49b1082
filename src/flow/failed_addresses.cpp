#include "flow/failed_addresses.hpp"

#include <algorithm>

namespace redrive::flow {

void failed_addresses::failed(std::string_view address, time now) {
    connected(address);
    if (failures_.size() >= most_) failures_.erase(failures_.begin());
    failures_.push_back({std::string{address}, now});
}

void failed_addresses::connected(std::string_view address) {
    std::erase_if(failures_, [&](const failure& each) { return each.address == address; });
}

bool failed_addresses::failed_lately(std::string_view address, time now) const {
    return std::any_of(failures_.begin(), failures_.end(), [&](const failure& each) {
        return each.address == address && now < each.at + remembered_for_;
    });
}

} // namespace redrive::flow
