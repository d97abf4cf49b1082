#pragma once

#include <sys/resource.h>

#include <chrono>

namespace redrive::bench {

// What this process has used so far.
struct resources {
    double cpu_seconds = 0;
    double wall_seconds = 0;
    long peak_kib = 0;

    [[nodiscard]] static resources now() {
        rusage used{};
        getrusage(RUSAGE_SELF, &used);
        const auto seconds = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        };
        const std::chrono::duration<double> wall =
            std::chrono::steady_clock::now().time_since_epoch();
        return {seconds(used.ru_utime) + seconds(used.ru_stime), wall.count(), used.ru_maxrss};
    }

    // What was used since `before`; the peak stays the process's.
    [[nodiscard]] resources since(const resources& before) const {
        return {cpu_seconds - before.cpu_seconds, wall_seconds - before.wall_seconds, peak_kib};
    }
};

} // namespace redrive::bench
