#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace redrive::cli {

// The name of a field of a row: a literal. That it needs no escape in JSON and no quotes in CSV is
// checked when it is compiled, and its JSON is made then.
class field_name {
  public:
    static constexpr std::size_t longest = 28;

    template <std::size_t Size>
    consteval field_name(const char (&name)[Size]) // NOLINT(google-explicit-constructor)
        : length_{Size - 1} {
        static_assert(Size - 1 <= longest);
        auto* out = append(json_.data(), ",\"");
        for (const char c : std::string_view(name, Size - 1))
            *out++ = checked(c);
        append(out, "\":null");
    }

    [[nodiscard]] constexpr std::string_view text() const noexcept {
        return {json_.data() + before, length_};
    }
    // `,"name":`
    [[nodiscard]] constexpr std::string_view json_member() const noexcept {
        return {json_.data(), before + length_ + 2};
    }
    // `,"name":null`
    [[nodiscard]] constexpr std::string_view json_null() const noexcept {
        return {json_.data(), before + length_ + after};
    }

  private:
    static constexpr std::size_t before = 2, after = 6; // the name, in its JSON

    static constexpr char* append(char* out, std::string_view text) {
        return std::copy(text.begin(), text.end(), out);
    }
    static constexpr char checked(char c) {
        const bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        return good ? c : throw "a name of a field has small letters, digits and _ only";
    }

    std::size_t length_;
    std::array<char, before + longest + after> json_{};
};

} // namespace redrive::cli
