#pragma once

#include <cmath>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include "support/value_histogram.hpp"

namespace redrive::bench {

// Writes nanoseconds as milliseconds in the text format of HdrHistogram's percentile distributions
// (.hgrm), which its plotters read: five steps for each halving of the distance to 100 %.
inline void write_percentiles(const value_histogram& from, const std::string& path) {
    constexpr double steps_of_a_half = 5, ms = 1e6;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out{std::fopen(path.c_str(), "w"),
                                                              std::fclose};
    if (!out) throw std::runtime_error{"cannot write " + path};
    const auto line = [&](double percent) {
        const auto [value, count] = from.at(percent);
        std::fprintf(out.get(),
                     "%12.3f %2.12f %10llu %14.2f\n",
                     static_cast<double>(value) / ms,
                     percent / 100,
                     static_cast<unsigned long long>(count),
                     100 / (100 - percent));
        return count;
    };
    std::fprintf(out.get(),
                 "%12s %14s %10s %14s\n\n",
                 "Value",
                 "Percentile",
                 "TotalCount",
                 "1/(1-Percentile)");
    if (from.count() > 0) {
        double percent = 0;
        while (line(percent) < from.count()) {
            const auto halvings = std::floor(std::log2(100 / (100 - percent))) + 1;
            percent += 100 / (steps_of_a_half * std::exp2(halvings));
        }
        line(100);
    }
    const auto [mean, deviation] = from.mean_and_deviation();
    std::fprintf(out.get(),
                 "#[Mean    = %12.3f, StdDeviation   = %12.3f]\n"
                 "#[Max     = %12.3f, Total count    = %12llu]\n"
                 "#[Buckets = %12zu, SubBuckets     = %12zu]\n",
                 mean / ms,
                 deviation / ms,
                 static_cast<double>(from.max()) / ms,
                 static_cast<unsigned long long>(from.count()),
                 value_histogram::powers(),
                 value_histogram::sub_buckets);
    if (std::ferror(out.get()) != 0) throw std::runtime_error{"cannot write " + path};
}

} // namespace redrive::bench
