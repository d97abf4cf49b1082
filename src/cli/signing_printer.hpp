#pragma once

#include <cstddef>

#include "cli/console.hpp"
#include "redrive/observer.hpp"

namespace redrive::cli {

// --debug-sign: what requests are signed over, as a person copies it for AWS's support.
class signing_printer final : public signing_observer {
  public:
    static constexpr std::size_t most_shown = 100; // a fleet has thousands of first requests

    explicit signing_printer(console& notices) : notices_{notices} {}

    void request_signed(const signing_record& what) override;

  private:
    console& notices_;
    std::size_t seen_ = 0;
};

} // namespace redrive::cli
