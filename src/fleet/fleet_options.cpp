#include "redrive/fleet_options.hpp"

namespace redrive {

find_options& find_options::match(std::vector<std::string> globs) {
    match_ = std::move(globs);
    return *this;
}
find_options& find_options::exclude(std::vector<std::string> globs) {
    exclude_ = std::move(globs);
    return *this;
}
find_options& find_options::min_remaining(std::int64_t messages) {
    min_remaining_ = messages;
    return *this;
}
find_options& find_options::older_than(std::chrono::milliseconds age) {
    older_than_ = age;
    return *this;
}
find_options& find_options::history(bool wanted) {
    history_ = wanted;
    return *this;
}
find_options& find_options::only(std::vector<target> targets) {
    only_ = std::move(targets);
    return *this;
}
find_options& find_options::deadline(std::chrono::steady_clock::duration from_now) {
    deadline_ = from_now;
    return *this;
}
find_options& find_options::on_task(std::function<void(const found_task&)> observer) {
    on_task_ = std::move(observer);
    return *this;
}

stop_options& stop_options::proven_by(proof how) {
    proof_ = how;
    return *this;
}
stop_options& stop_options::deadline(std::chrono::steady_clock::duration from_now) {
    deadline_ = from_now;
    return *this;
}
stop_options& stop_options::verify_timeout(std::chrono::steady_clock::duration from_order) {
    verify_timeout_ = from_order;
    return *this;
}
stop_options& stop_options::max_tasks(std::uint64_t count) {
    max_tasks_ = count;
    return *this;
}
stop_options& stop_options::ordered(bool wanted) {
    ordered_ = wanted;
    return *this;
}
stop_options& stop_options::on_outcome(std::function<void(const target_outcome&)> observer) {
    on_outcome_ = std::move(observer);
    return *this;
}

} // namespace redrive
