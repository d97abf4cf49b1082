#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace redrive {

/// A text that is overwritten in memory when it is destroyed or replaced, and never printed.
class secret_text {
  public:
    secret_text() = default;
    explicit secret_text(std::string_view text) : text_{text} {}
    secret_text(const secret_text&) = default;
    secret_text(secret_text&& other) noexcept : text_{std::move(other.text_)} { other.wipe(); }
    secret_text& operator=(const secret_text& other);
    secret_text& operator=(secret_text&& other) noexcept;
    ~secret_text() { wipe(); }

    /// The bytes themselves; keep the use short and never copy them into a log or an error.
    [[nodiscard]] std::string_view reveal() const noexcept { return text_; }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

    friend bool operator==(const secret_text&, const secret_text&) = default;

  private:
    void wipe() noexcept;

    std::string text_;
};

/// AWS credentials of one identity.
struct credentials {
    std::string access_key_id;
    secret_text secret_access_key;
    secret_text session_token{}; ///< empty for long-term keys; up to 4 KiB
    std::string account_id{};    ///< 12 digits when the source states it, else empty
};

} // namespace redrive
