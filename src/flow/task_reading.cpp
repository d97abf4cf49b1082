#include "flow/task_reading.hpp"

#include "redrive/task_handle.hpp"

namespace redrive::flow {
namespace {

using kind = task_status::kind;

// Our clock against the server's: a record that seems to start so shortly after our order may be
// ours still, when no other can be.
constexpr std::chrono::seconds clock_slack{5};

enum class handle_match : std::uint8_t {
    same,      // one task
    different, // two tasks: both handles name their task
    texts,     // other text, opaque: two tasks, unless the service renames its handles
    none,      // one of the two is missing
};

handle_match match(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty()) return handle_match::none;
    if (a == b) return handle_match::same;
    const auto one = task_handle::from_text(a);
    const auto two = task_handle::from_text(b);
    if (!one || !two || !one->source() || !two->source()) return handle_match::texts;
    return *one == *two ? handle_match::same : handle_match::different;
}

// A clock of whole seconds can give a quick successor the same start: the handle comes first.
const move_task* find_by_start(const task_identity& us, const std::vector<move_task>& tasks) {
    const move_task* found = nullptr;
    for (const auto& task : tasks) {
        if (task.started != *us.started) continue;
        const auto handles = match(us.handle, task.handle);
        if (handles == handle_match::same) return &task;
        if (handles != handle_match::different && found == nullptr) found = &task;
    }
    return found;
}

const move_task* find_by_handle(const task_identity& us, const std::vector<move_task>& tasks) {
    for (const auto& task : tasks) {
        if (match(us.handle, task.handle) == handle_match::same) return &task;
    }
    return nullptr;
}

// Without a mark any CANCELLING entry may be ours, so ours is not over while there is one.
const move_task* find_cancelling(const task_identity& us, const std::vector<move_task>& tasks) {
    for (const auto& task : tasks) {
        if (task.status.value() == kind::cancelling &&
            match(us.handle, task.handle) != handle_match::different)
            return &task;
    }
    return nullptr;
}

bool may_be_ours(const task_identity& us, const move_task& running) {
    const auto handles = match(us.handle, running.handle);
    if (handles == handle_match::different) return false;
    if (us.ordered && running.started > *us.ordered) return false;
    // Nobody has shown that the service lists a task under one handle only. Unless it called ours
    // over, an older task with another opaque one may still be ours.
    return handles == handle_match::none || !us.called_over;
}

// The newest that started before our order; failing that, the oldest within the slack after it.
const move_task* find_record(const task_identity& us, const std::vector<move_task>& tasks) {
    const move_task* before = nullptr;
    const move_task* after = nullptr;
    for (const auto& task : tasks) {
        if (task.status.is_active() || !task.handle.empty()) continue;
        if (!us.ordered || task.started <= *us.ordered) {
            if (before == nullptr || task.started > before->started) before = &task;
        } else if (task.started <= *us.ordered + clock_slack) {
            if (after == nullptr || task.started < after->started) after = &task;
        }
    }
    return before != nullptr ? before : after;
}

void note_others(task_reading& reading, const std::vector<move_task>& tasks) {
    for (const auto& task : tasks) {
        if (&task == reading.ours) continue;
        reading.other_active |= task.status.is_active();
        reading.other_running |= task.status.value() == kind::running;
    }
}

task_reading read_without_mark(const task_identity& us, const std::vector<move_task>& tasks) {
    task_reading reading;
    reading.ours = find_cancelling(us, tasks);
    for (const auto& task : tasks) {
        if (task.status.value() == kind::running && may_be_ours(us, task)) reading.unclear = true;
    }
    if (reading.unclear) return reading;
    if (reading.ours == nullptr) reading.ours = find_record(us, tasks);
    note_others(reading, tasks);
    return reading;
}

} // namespace

task_reading read_for(const task_identity& us, const std::vector<move_task>& tasks) {
    task_reading reading;
    reading.ours = us.started ? find_by_start(us, tasks) : find_by_handle(us, tasks);
    if (reading.ours == nullptr && !us.started) return read_without_mark(us, tasks);
    reading.certain = reading.ours != nullptr;
    note_others(reading, tasks);
    return reading;
}

} // namespace redrive::flow
