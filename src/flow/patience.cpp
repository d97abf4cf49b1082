#include "flow/patience.hpp"

#include <algorithm>

namespace redrive::flow {

std::size_t patience::operation_of(call_purpose what) noexcept {
    switch (what) {
    case call_purpose::order: return 0;
    case call_purpose::search_page: return 1;
    case call_purpose::proof:
    case call_purpose::search: return 2;
    }
    return 2;
}

void patience::admitted(call_purpose what, time now) {
    last_reply_ = now;
    failures_in_a_row_ = 0;
    last_admitted_[operation_of(what)] = now;
    is_throttled_[operation_of(what)] = false;
}

void patience::throttled(call_purpose what, time now) {
    last_reply_ = now;
    failures_in_a_row_ = 0;
    is_throttled_[operation_of(what)] = true;
}

void patience::silent(time) {
    ++failures_in_a_row_;
}

patience::verdict patience::judge(call_purpose what, time since, time now) const {
    const auto operation = operation_of(what);
    if (failures_in_a_row_ > 0) {
        if (!last_reply_ && failures_in_a_row_ >= limits_.attempts_never_heard)
            return verdict::unreachable;
        if (now - std::max(since, last_reply_.value_or(since)) >= limits_.silence)
            return verdict::unreachable;
    }
    if (is_throttled_[operation] &&
        now - std::max(since, last_admitted_[operation].value_or(since)) >= limits_.throttled)
        return verdict::throttled;
    return verdict::go_on;
}

} // namespace redrive::flow
