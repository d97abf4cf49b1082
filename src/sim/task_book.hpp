#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/queue_directory.hpp"
#include "sim/random_source.hpp"

namespace redrive::sim {

// The message-move tasks of one account in one region: the rules of Start, Cancel and List, and the
// carrying of messages for them.
class task_book {
  public:
    static constexpr std::size_t most_active = 100;
    static constexpr std::size_t longest_history = 10;

    struct start_terms {
        std::string_view source_arn;
        std::string_view destination_arn; // empty: not given
        std::optional<std::int64_t> max_rate;
    };

    task_book(queue_directory& queues, const pace& tempo, random_source& random);

    // All throw api_error as the service answers.
    const moving_task& start(const start_terms& terms, wall_time now);
    // What the service answers: how many it says were moved.
    std::int64_t cancel(std::string_view handle, wall_time now);
    // Newest first.
    [[nodiscard]] std::vector<const moving_task*> list(std::string_view source_arn,
                                                       std::size_t at_most,
                                                       wall_time now);

    // A task that began without Start: the fleet's, with a synthetic backlog.
    const moving_task& adopt(queue& source, task_terms terms);

    // Brings the queues up to date; before anything looks at messages.
    void settle(wall_time now);
    // Ends what moves from or to this queue; before it is deleted.
    void queue_goes(const queue& subject, wall_time now);

    // Every task since the start, oldest first; those of deleted queues too.
    [[nodiscard]] const std::vector<std::shared_ptr<moving_task>>& all() const noexcept {
        return tasks_;
    }

  private:
    queue& source_named(std::string_view arn_text);
    void check_destination(std::string_view arn_text, const queue& source);
    void check_limits(const queue& source, wall_time now);
    void carry(moving_task& task, wall_time now);
    bool deliver(queue_message message, const moving_task& task, wall_time now);

    queue_directory& queues_;
    const pace& pace_;
    random_source& random_;
    std::vector<std::shared_ptr<moving_task>> tasks_;
    std::vector<std::shared_ptr<moving_task>> active_; // and those that ended since the last settle
};

} // namespace redrive::sim
