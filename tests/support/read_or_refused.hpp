#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace redrive {

// The two sides of what a reader answers: a value, or why there is none.

template <class Value, class Reason>
std::optional<Value> found_in(const std::variant<Value, Reason>& read) {
    const auto* value = std::get_if<Value>(&read);
    return value ? std::optional{*value} : std::nullopt;
}

template <class Value, class Reason>
Reason refused_in(const std::variant<Value, Reason>& read) {
    const auto* reason = std::get_if<Reason>(&read);
    EXPECT_NE(reason, nullptr) << "it was read";
    return reason ? *reason : Reason{};
}

// `text` with the first `old` in it, which there must be, replaced.
inline std::string with(std::string_view text, std::string_view old, std::string_view fresh) {
    std::string out{text};
    const auto at = out.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return at == std::string::npos ? out : out.replace(at, old.size(), fresh);
}

} // namespace redrive
