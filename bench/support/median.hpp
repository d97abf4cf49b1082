#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace redrive::bench {

// Of one member of many records; there is at least one.
template <class Record>
double median(std::vector<Record> of, double Record::*member) {
    const auto middle = of.begin() + static_cast<std::ptrdiff_t>(of.size() / 2);
    std::ranges::nth_element(of, middle, {}, member);
    return (*middle).*member;
}

} // namespace redrive::bench
