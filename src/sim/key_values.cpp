#include "sim/key_values.hpp"

#include <charconv>
#include <cmath>
#include <stdexcept>

namespace redrive::sim {
namespace {

template <class Number>
bool read(std::string_view text, Number& value) {
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc{} && end == text.data() + text.size();
}

std::invalid_argument not_a_number(std::string_view name, std::string_view text) {
    return std::invalid_argument{std::string{name} + ": '" + std::string{text} +
                                 "' is not a number that fits"};
}

} // namespace

std::vector<std::pair<std::string, std::string>> split_key_values(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        const auto pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || equals == 0)
            throw std::invalid_argument{"'" + std::string{pair} + "' is not key=value"};
        pairs.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
    return pairs;
}

std::int64_t whole_number(std::string_view name, std::string_view text) {
    std::int64_t value = 0;
    if (!read(text, value) || value < 0) throw not_a_number(name, text);
    return value;
}

double positive_number(std::string_view name, std::string_view text) {
    double value = 0;
    if (!read(text, value) || !std::isfinite(value) || value <= 0) throw not_a_number(name, text);
    return value;
}

} // namespace redrive::sim
