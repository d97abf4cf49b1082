#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace redrive::cli {

// What a text means, or why it means nothing: a sentence for a person that ends without a full
// stop.
template <class T>
class parsed {
  public:
    parsed(T value) // NOLINT(google-explicit-constructor): a value is the usual result
        : value_{std::move(value)} {}
    static parsed error(std::string_view why) {
        parsed result;
        result.why_ = why;
        return result;
    }

    explicit operator bool() const noexcept { return value_.has_value(); }
    const T& operator*() const noexcept { return *value_; }
    [[nodiscard]] const std::string& why() const noexcept { return why_; }

  private:
    parsed() = default;

    std::optional<T> value_;
    std::string why_;
};

} // namespace redrive::cli
