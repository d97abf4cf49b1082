#pragma once

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "redrive/client.hpp"
#include "wire/json_reader.hpp"

namespace redrive::bench {

// The tasks of the simulator's state, by handle.
struct soak_truth {
    struct task {
        std::string source_arn;
        bool ordered = false;
    };
    std::map<std::string, task> tasks;

    static soak_truth parse(const std::string& state) {
        soak_truth out;
        wire::json_reader reader;
        const auto document = reader.parse(state);
        for (const auto each : document["tasks"].elements()) {
            const auto text = [&](const char* key) {
                return std::string{each[key].text().value_or("")};
            };
            out.tasks[text("task_handle")] = {"arn:aws:sqs:" + text("region") + ":" +
                                                  text("account") + ":" + text("queue"),
                                              !text("ordered_at").empty()};
        }
        return out;
    }
};

// What a soak has seen.
struct soak_tally {
    std::map<std::string, std::uint64_t> outcomes;
    std::uint64_t calls = 0, resent = 0, disagreements = 0;
    std::string first_disagreement;

    void disagree(std::string what) {
        if (disagreements++ == 0) first_disagreement = std::move(what);
    }
};

// Calls of all kinds, some with deadlines, some given up: each knows what may become of it.
class soak_round {
  public:
    soak_round(client& through, const soak_truth& truth, std::mt19937_64& random, std::size_t calls)
        : client_{through}, random_{random} {
        for (const auto& [handle, task] : truth.tasks)
            tasks_.emplace_back(handle, task.source_arn);
        for (std::size_t i = 0; i < calls; ++i) {
            auto& one = calls_.emplace_back();
            one.what = static_cast<purpose>(below(3));
            std::tie(one.handle, one.source_arn) = tasks_[below(tasks_.size())];
            one.has_deadline = below(10) == 0;
            one.is_given_up = below(10) == 0;
        }
    }
    soak_round(const soak_round&) = delete;
    soak_round& operator=(const soak_round&) = delete;

    void begin(std::size_t in_flight) {
        for (std::size_t i = 0; i < in_flight; ++i)
            ask_next();
    }
    [[nodiscard]] bool done() const { return ended_ == calls_.size(); }

    // `is_whole`: the simulator is the one that took every order of this round.
    // True: something was wrong.
    bool judge(const soak_truth& truth, bool is_whole, soak_tally& tally) const {
        const auto before = tally.disagreements;
        for (const auto& each : calls_) {
            ++tally.calls;
            tally.resent += each.resent;
            ++tally.outcomes[each.ec ? each.ec.message() : "answered"];
            if (const auto* why = complaint(each, truth, is_whole))
                tally.disagree(std::string{why} + " (" + each.ec.message() + ")");
        }
        return tally.disagreements != before;
    }

  private:
    enum class purpose : std::uint8_t { stop, stop_nothing, look };

    struct asked {
        purpose what = purpose::stop;
        std::string handle, source_arn;
        bool has_deadline = false, is_given_up = false;
        boost::asio::cancellation_signal give_up;
        int outcomes = 0;
        error_code ec;
        std::uint32_t resent = 0;
        bool saw_others = false;
    };

    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

    template <class Options>
    Options options_of(const asked& one) {
        Options out;
        if (one.has_deadline) out.deadline(std::chrono::milliseconds{1 + below(300)});
        return out;
    }

    void ask_next() {
        if (next_ == calls_.size()) return;
        auto& one = calls_[next_++];
        if (one.what == purpose::look)
            look(one);
        else
            stop(one);
        // One that began earlier, in whatever state it is now.
        auto& other = calls_[below(next_)];
        if (other.is_given_up) other.give_up.emit(boost::asio::cancellation_type::terminal);
    }
    void look(asked& one) {
        auto how = options_of<list_tasks_options>(one);
        client_.async_list_tasks(
            one.source_arn,
            how,
            boost::asio::bind_cancellation_slot(
                one.give_up.slot(), [this, &one](error_code ec, list_tasks_result got) {
                    for (const auto& each : got.tasks)
                        one.saw_others |= each.source_arn != one.source_arn;
                    end(one, ec, got.info);
                }));
    }
    void stop(asked& one) {
        const auto handle = one.what == purpose::stop
                                ? *task_handle::from_text(one.handle)
                                : task_handle::make("none", *parse_queue_arn(one.source_arn));
        auto how = options_of<cancel_options>(one);
        client_.async_cancel(
            handle,
            how,
            boost::asio::bind_cancellation_slot(
                one.give_up.slot(),
                [this, &one](error_code ec, cancel_result got) { end(one, ec, got.info); }));
    }
    void end(asked& one, error_code ec, const diagnostics& info) {
        one.ec = ec;
        one.resent = info.resent;
        if (++one.outcomes != 1) return;
        ++ended_;
        ask_next();
    }

    // What its outcome must not be; null when all is well.
    static const char* complaint(const asked& one, const soak_truth& truth, bool is_whole) {
        if (one.outcomes != 1) return "not one outcome";
        if (one.ec == client_errc::deadline_exceeded && !one.has_deadline)
            return "a deadline that nobody set";
        if (one.ec == boost::asio::error::operation_aborted && !one.is_given_up)
            return "given up by nobody";
        if (one.saw_others) return "the reading of another queue";
        const bool not_found = one.ec == service_errc::resource_not_found;
        if (one.what == purpose::stop_nothing)
            return !one.ec || one.ec == service_errc::task_not_active
                       ? "no task, but the answer of one"
                       : nullptr;
        if (not_found) return "a task, but the answer of none";
        if (one.what == purpose::look || !is_whole) return nullptr;
        const bool stopped = !one.ec || one.ec == service_errc::task_not_active;
        const auto task = truth.tasks.find(one.handle);
        if (stopped && (task == truth.tasks.end() || !task->second.ordered))
            return "an order that never arrived was answered";
        return nullptr;
    }

    client& client_;
    std::mt19937_64& random_;
    std::vector<std::pair<std::string, std::string>> tasks_;
    std::deque<asked> calls_;
    std::size_t next_ = 0;
    std::size_t ended_ = 0;
};

} // namespace redrive::bench
