#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace redrive::auth {

// Environment variables. Nothing else in this layer reads the process's own, so that a test or the
// conformance driver can replace all of them at once.
class environment {
  public:
    using variables = std::map<std::string, std::string, std::less<>>;

    // Asks the process at each look-up: credentials may be exchanged while it runs.
    [[nodiscard]] static environment of_process() { return environment{}; }
    explicit environment(variables values) : values_{std::move(values)} {}

    // Nothing when the variable is missing, empty or blank. Blanks around the value are kept.
    [[nodiscard]] std::optional<std::string> get(std::string_view name) const;

    // Every variable as NAME=value, for a program that is started.
    [[nodiscard]] std::vector<std::string> assignments() const;

  private:
    environment() = default;

    std::optional<variables> values_; // nothing: the process's own
};

} // namespace redrive::auth
