#pragma once

#include <stdexcept>

namespace redrive::cli {

// The command cannot be run as it was given. One line: what, where, what to do next.
class usage_error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

} // namespace redrive::cli
