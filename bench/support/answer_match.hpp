#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "redrive/results.hpp"
#include "redrive/task_handle.hpp"

namespace redrive::bench {

// Whether each answer belongs to its call. Those of a list name the queue; those of
// bench_null_server are numbered from 1000000 on, anew on each connection.
class answer_match {
  public:
    explicit answer_match(bool is_numbered) noexcept : is_numbered_{is_numbered} {}

    // What is wrong, if anything. `call` is the call's number.
    std::optional<std::string> complaint(std::uint64_t call, const cancel_result& got) {
        if (!is_numbered_) return {};
        constexpr std::int64_t first = 1'000'000, last = 9'999'999;
        const bool follows =
            got.moved == (last_answer_ == last ? first : last_answer_ + 1) || got.moved == first;
        const bool is_in_order = call >= next_call_;
        last_answer_ = got.moved;
        next_call_ = call + 1;
        if (follows && is_in_order) return {};
        return "answer " + std::to_string(got.moved) + " to call " + std::to_string(call);
    }

    static std::optional<std::string> complaint(const std::string& source_arn,
                                                const list_tasks_result& got) {
        for (const auto& task : got.tasks)
            if (task.source_arn != source_arn)
                return "a task of " + task.source_arn + " to a question about " + source_arn;
        return {};
    }

  private:
    bool is_numbered_;
    std::int64_t last_answer_ = 0;
    std::uint64_t next_call_ = 0;
};

} // namespace redrive::bench
