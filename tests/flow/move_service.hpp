#pragma once

#include "redrive/move_task.hpp"
#include "redrive/task_handle.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace redrive::flow::test {

// How one service or emulator differs from another.
struct service_habits {
    enum class handle_form { json, opaque, renamed }; // renamed: another text in each list
    enum class on_finished { inactive, missing, unsupported, accepted, cancelling_for_ever };

    handle_form handles = handle_form::json;
    on_finished finished = on_finished::inactive;
    bool lists_handles_always = false; // else only while RUNNING
    bool hides_handles = false;        // not even then
    bool forgets_cancelled = false;
    std::chrono::milliseconds cancelling_for{1000};
};

// The truth about one queue's message-move tasks, to hold a verdict against.
class move_service {
  public:
    using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;
    using kind = task_status::kind;
    enum class answer { accepted, inactive, missing, unsupported };

    struct task {
        std::size_t id = 0;
        wall_time started;
        kind status = kind::running;
        std::optional<wall_time> cancelled_at; // CANCELLING ends then
        std::int64_t moved = 0;
    };

    explicit move_service(service_habits habits) : habits_{habits} {}

    void tick(wall_time now) {
        for (auto& one : tasks_) {
            if (one.status == kind::running) ++one.moved;
            if (one.status == kind::cancelling && one.cancelled_at && now >= *one.cancelled_at)
                one.status = kind::cancelled;
        }
    }

    // Nothing while another task is active.
    std::optional<std::size_t> start(wall_time now) {
        if (deleted_ || active()) return std::nullopt;
        if (!tasks_.empty())
            now = std::max(now, tasks_.back().started + std::chrono::milliseconds{1});
        tasks_.push_back({tasks_.size(), now, kind::running, std::nullopt, 0});
        return tasks_.back().id;
    }

    void finish(kind status) {
        if (auto* one = active(); one != nullptr && one->status == kind::running)
            one->status = status;
    }

    void delete_queue() { deleted_ = true; }
    bool deleted() const { return deleted_; }

    answer cancel(const std::string& handle, wall_time now) {
        auto* one = find(handle);
        if (deleted_ || one == nullptr) return answer::missing;
        if (one->status == kind::running) {
            begin_cancelling(*one, now);
            return answer::accepted;
        }
        switch (habits_.finished) {
        case service_habits::on_finished::inactive: return answer::inactive;
        case service_habits::on_finished::missing: return answer::missing;
        case service_habits::on_finished::unsupported: return answer::unsupported;
        case service_habits::on_finished::accepted: return answer::accepted;
        case service_habits::on_finished::cancelling_for_ever:
            one->status = kind::cancelling;
            one->cancelled_at.reset();
            return answer::accepted;
        }
        return answer::missing;
    }

    void cancel_by_somebody_else(wall_time now) {
        if (auto* one = active(); one != nullptr && one->status == kind::running)
            begin_cancelling(*one, now);
    }

    std::vector<move_task> list() {
        std::vector<move_task> listed;
        for (auto one = tasks_.rbegin(); one != tasks_.rend() && listed.size() < 10; ++one) {
            if (one->status == kind::cancelled && habits_.forgets_cancelled) continue;
            listed.push_back(entry_of(*one));
        }
        return listed;
    }

    std::string handle_of(std::size_t id) {
        const std::string name = "task-" + std::to_string(id);
        switch (habits_.handles) {
        case service_habits::handle_form::json:
            return task_handle::make(name, {"aws", "eu-west-1", "123456789012", "orders-dlq"})
                .text();
        case service_habits::handle_form::opaque: return name;
        case service_habits::handle_form::renamed: return name + "." + std::to_string(++names_);
        }
        return name;
    }

    task* find(const std::string& handle) {
        for (auto& one : tasks_) {
            const std::string name = "task-" + std::to_string(one.id);
            const auto parsed = task_handle::from_text(handle);
            if (parsed && parsed->task_id() == name) return &one;
            if (handle == name || handle.starts_with(name + ".")) return &one;
        }
        return nullptr;
    }

    task* started_at(wall_time when) {
        for (auto& one : tasks_) {
            if (one.started == when) return &one;
        }
        return nullptr;
    }

    bool is_active(std::size_t id) const {
        return tasks_[id].status == kind::running || tasks_[id].status == kind::cancelling;
    }

    task* active() {
        for (auto& one : tasks_) {
            if (is_active(one.id)) return &one;
        }
        return nullptr;
    }

  private:
    void begin_cancelling(task& one, wall_time now) const {
        one.status = kind::cancelling;
        one.cancelled_at = now + habits_.cancelling_for;
    }

    static task_status status_of(kind value) {
        switch (value) {
        case kind::running: return task_status{"RUNNING"};
        case kind::cancelling: return task_status{"CANCELLING"};
        case kind::cancelled: return task_status{"CANCELLED"};
        case kind::completed: return task_status{"COMPLETED"};
        case kind::failed: return task_status{"FAILED"};
        case kind::other: break;
        }
        return task_status{"OTHER"};
    }

    move_task entry_of(const task& one) {
        move_task entry;
        entry.status = status_of(one.status);
        entry.started = one.started;
        entry.moved = one.moved;
        const bool shown = habits_.lists_handles_always || one.status == kind::running;
        if (shown && !habits_.hides_handles) entry.handle = handle_of(one.id);
        return entry;
    }

    service_habits habits_;
    std::vector<task> tasks_;
    bool deleted_ = false;
    int names_ = 0;
};

} // namespace redrive::flow::test
