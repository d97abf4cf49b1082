#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace redrive::flow {

// The addresses of an endpoint that failed lately: the last few, each for some minutes.
class failed_addresses {
  public:
    using time = std::chrono::steady_clock::time_point;

    explicit failed_addresses(std::size_t most = 32,
                              std::chrono::minutes remembered_for = std::chrono::minutes{5})
        : most_{most}, remembered_for_{remembered_for} {}

    void failed(std::string_view address, time now);
    void connected(std::string_view address);
    [[nodiscard]] bool failed_lately(std::string_view address, time now) const;

  private:
    struct failure {
        std::string address;
        time at;
    };

    std::size_t most_;
    std::chrono::minutes remembered_for_;
    std::vector<failure> failures_; // the oldest first
};

} // namespace redrive::flow
