#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "flow/pipeline.hpp"

namespace redrive::flow {

// One event in the life of a pipeline. It means something in every state, if only nothing: what is
// left of a script when steps are taken out is a script.
struct pipeline_step {
    enum class event : std::uint8_t { stage, hand_out, take, answer, abandon, lose };

    event what = event::stage;
    std::uint32_t number = 0;

    friend bool operator==(const pipeline_step&, const pipeline_step&) = default;
};

using pipeline_script = std::vector<pipeline_step>;

inline std::string to_text(const pipeline_step& step) {
    using event = pipeline_step::event;
    const auto number = std::to_string(step.number);
    switch (step.what) {
    case event::stage: return "stage a request of 1 + " + number + " bytes";
    case event::hand_out: return "hand out what is to be written";
    case event::take: return "the stream takes " + number + " of these bytes, or all";
    case event::answer: return "answer the call that is due";
    case event::abandon: return "abandon the call at place " + number;
    case event::lose: return "lose the connection";
    }
    return {};
}

inline std::string to_text(const pipeline_script& script) {
    std::string text;
    for (const auto& each : script)
        text += "  " + to_text(each) + "\n";
    return text;
}

inline pipeline_script random_script(std::mt19937_64& random, std::size_t steps) {
    using event = pipeline_step::event;
    constexpr event often[] = {event::stage,
                               event::stage,
                               event::stage,
                               event::stage,
                               event::hand_out,
                               event::hand_out,
                               event::hand_out,
                               event::take,
                               event::take,
                               event::take,
                               event::answer,
                               event::answer,
                               event::answer,
                               event::abandon,
                               event::abandon};
    const auto below = [&](std::uint32_t bound) {
        return static_cast<std::uint32_t>(random() % bound);
    };
    pipeline_script script;
    script.reserve(steps);
    while (script.size() < steps) {
        const auto what = below(300) == 0 ? event::lose : often[below(std::size(often))];
        const auto number = what == event::stage                   ? below(12)
                            : what == event::abandon               ? below(8)
                            : what == event::take && below(3) != 0 ? below(40)
                            : what == event::take                  ? 1000
                                                                   : 0;
        script.push_back({what, number});
    }
    return script;
}

// Plays a script to a pipeline and to a reference of it.
template <class Reference>
class pipeline_trial {
  public:
    // The first thing in which they differ, if any.
    [[nodiscard]] std::optional<std::string> play(const pipeline_script& script) {
        for (std::size_t i = 0; i < script.size() && difference_.empty(); ++i) {
            apply(script[i]);
            if (difference_.empty()) compare();
        }
        if (difference_.empty()) return std::nullopt;
        return difference_;
    }

  private:
    void expect(bool same, const char* what) {
        if (!same && difference_.empty()) difference_ = what;
    }

    void apply(const pipeline_step& step) {
        using event = pipeline_step::event;
        switch (step.what) {
        case event::stage: return stage(1 + step.number);
        case event::hand_out: return hand_out();
        case event::take: return take(step.number);
        case event::answer: return answer();
        case event::abandon: return abandon(step.number);
        case event::lose: return lose();
        }
    }

    void stage(std::size_t size) {
        if (!real_.has_room(6)) return;
        const auto name = ++last_ticket_;
        const std::string bytes(size, static_cast<char>('a' + name % 26));
        real_.staging().append(bytes);
        real_.staged(name);
        model_.staged(name, bytes);
    }

    void hand_out() {
        const auto bytes = real_.to_write();
        expect(bytes == model_.to_write(), "the bytes to write");
        expect(held_.empty() || bytes == held_, "the bytes that the stream holds");
        held_ = bytes;
    }

    void take(std::size_t most) {
        if (held_.empty()) return;
        expect(held_ == real_.to_write(), "the bytes that the stream holds");
        const auto n = std::min(most, held_.size());
        real_.wrote(n);
        model_.wrote(n);
        if (n > 0) held_.clear();
    }

    void answer() {
        if (!real_.next_due() || !model_.next_due()) return;
        real_.answered();
        model_.answered();
    }

    void abandon(std::size_t place) {
        const auto name = model_.at_place(place);
        expect(real_.abandoned(name) == model_.abandoned(name), "whether it could be abandoned");
    }

    void lose() {
        const auto real = real_.lost();
        const auto expected = model_.lost();
        const auto same = [](const pipeline::lost_call& a, const pipeline::lost_call& b) {
            return a.call == b.call && a.fate == b.fate && a.was_due == b.was_due;
        };
        expect(std::equal(real.begin(), real.end(), expected.begin(), expected.end(), same),
               "what is lost");
        held_.clear();
    }

    void compare() {
        expect(real_.in_flight() == model_.in_flight(), "how many are in flight");
        expect(real_.idle() == (model_.in_flight() == 0), "whether it is idle");
        expect(real_.has_to_write() == model_.has_to_write(), "whether there is more to write");
        const auto due = real_.next_due();
        const auto* expected = model_.next_due();
        expect(due.has_value() == (expected != nullptr), "whether a reply is due");
        if (!due || !expected) return;
        expect(due->call == expected->name, "whose reply is due");
        expect(due->abandoned == expected->abandoned, "whether the call that is due is abandoned");
        expect(due->state == expected->now(), "how much of the call that is due has left");
    }

    pipeline real_;
    Reference model_;
    std::string held_; // what the stream was given
    pipeline::ticket last_ticket_ = 0;
    std::string difference_;
};

template <class Reference>
std::optional<std::string> difference_in(const pipeline_script& script) {
    return pipeline_trial<Reference>{}.play(script);
}

// Takes out steps that a difference does not need, ever smaller parts of the script.
template <class Reference>
pipeline_script without_needless_steps(pipeline_script script) {
    for (auto part = script.size(); part > 0; part /= 2)
        for (std::size_t at = 0; at + part <= script.size();) {
            auto shorter = script;
            const auto first = shorter.begin() + static_cast<std::ptrdiff_t>(at);
            shorter.erase(first, first + static_cast<std::ptrdiff_t>(part));
            if (difference_in<Reference>(shorter))
                script = std::move(shorter);
            else
                at += part;
        }
    return script;
}

template <class Reference>
pipeline_script with_small_numbers(pipeline_script script) {
    for (auto& step : script)
        for (std::uint32_t smaller = 0; smaller < step.number; ++smaller) {
            const auto number = std::exchange(step.number, smaller);
            if (difference_in<Reference>(script)) break;
            step.number = number;
        }
    return script;
}

// The same difference, or another, in as few steps as can be.
template <class Reference>
pipeline_script shrunk(pipeline_script script) {
    pipeline_script before;
    do {
        before = script;
        script = with_small_numbers<Reference>(without_needless_steps<Reference>(script));
    } while (script != before);
    return script;
}

} // namespace redrive::flow
