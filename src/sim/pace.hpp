#pragma once

#include <chrono>

#include "wire/instant.hpp"

namespace redrive::sim {

using std::chrono::milliseconds;
using wire::wall_time;

// How time acts on the model. Instants are real ones; whatever lasts is shortened by `time_scale`.
struct pace {
    double time_scale = 1;
    milliseconds dwell{1000}; // how long CANCELLING lasts
    // What a cancelled task still moves, as time at its rate. Six seconds is the recorded case: one
    // message per second, 2 moved when it was cancelled, 8 in the end.
    milliseconds drift{6000};

    // Seconds of the model's time between two instants, never negative.
    [[nodiscard]] double elapsed(wall_time from, wall_time to) const noexcept {
        return to <= from ? 0.0 : std::chrono::duration<double>(to - from).count() * time_scale;
    }
    // How long something of that length really lasts.
    [[nodiscard]] milliseconds lasting(milliseconds length) const noexcept {
        return milliseconds{
            static_cast<milliseconds::rep>(static_cast<double>(length.count()) / time_scale)};
    }
};

} // namespace redrive::sim
