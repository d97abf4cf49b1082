#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace redrive::bench {

// Counts of values from 0 to over an hour in nanoseconds, each known to one part in a thousand: the
// buckets of a power of two are 1024 equal ones, as in the HdrHistogram of Gil Tene.
class value_histogram {
  public:
    static constexpr std::uint64_t highest = (std::uint64_t{1} << 42) - 1;
    static constexpr std::size_t sub_buckets = 2048; // below this every value has a bucket

    void add(std::uint64_t value, std::uint64_t times = 1) {
        value = std::min(value, highest);
        counts_[bucket_of(value)] += times;
        total_ += times;
        least_ = std::min(least_, value);
        most_ = std::max(most_, value);
    }

    // Beside the value, what would have been measured if others had begun every `interval` behind
    // it while it kept them waiting.
    void add_with_omitted(std::uint64_t value, std::uint64_t interval) {
        add(value);
        if (interval == 0) return;
        for (; value >= 2 * interval; value -= interval)
            add(value - interval);
    }

    [[nodiscard]] std::uint64_t count() const noexcept { return total_; }
    [[nodiscard]] std::uint64_t min() const noexcept { return total_ == 0 ? 0 : least_; }
    [[nodiscard]] std::uint64_t max() const noexcept { return most_; }

    struct quantile {
        std::uint64_t value = 0;
        std::uint64_t count = 0; // of values up to it
    };

    // The value that so many percent are not above.
    [[nodiscard]] quantile at(double percent) const {
        const auto share = std::ceil(std::min(percent, 100.0) / 100 * static_cast<double>(total_));
        const auto wanted = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(share));
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < counts_.size(); ++i)
            if (counts_[i] != 0 && (seen += counts_[i]) >= wanted)
                return {std::min(end_of(i) - 1, most_), seen};
        return {};
    }

    struct moments {
        double mean = 0, deviation = 0;
    };
    [[nodiscard]] moments mean_and_deviation() const {
        if (total_ == 0) return {};
        const auto all = static_cast<double>(total_);
        double sum = 0, squares = 0;
        for_each([&](double value, double times) { sum += value * times; });
        const auto mean = sum / all;
        for_each([&](double value, double times) {
            squares += (value - mean) * (value - mean) * times;
        });
        return {mean, std::sqrt(squares / all)};
    }

    [[nodiscard]] static constexpr std::size_t powers() noexcept { return 42 - 11 + 1; }

  private:
    static constexpr std::size_t half = sub_buckets / 2;

    static std::size_t bucket_of(std::uint64_t value) noexcept {
        const auto width = static_cast<std::size_t>(std::bit_width(value));
        const std::size_t shift = width > 11 ? width - 11 : 0;
        return shift * half + static_cast<std::size_t>(value >> shift);
    }
    static std::uint64_t begin_of(std::size_t bucket) noexcept {
        if (bucket < sub_buckets) return bucket;
        const auto shift = bucket / half - 1;
        return std::uint64_t{bucket - shift * half} << shift;
    }
    static std::uint64_t end_of(std::size_t bucket) noexcept { return begin_of(bucket + 1); }

    // With the middle of each bucket that has any.
    template <class Use>
    void for_each(Use use) const {
        for (std::size_t i = 0; i < counts_.size(); ++i)
            if (counts_[i] != 0)
                use(static_cast<double>(begin_of(i) + (end_of(i) - begin_of(i)) / 2),
                    static_cast<double>(counts_[i]));
    }

    std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>((powers() + 1) * half);
    std::uint64_t total_ = 0, least_ = highest, most_ = 0;
};

} // namespace redrive::bench
