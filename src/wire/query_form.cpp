#include "wire/query_form.hpp"

#include <algorithm>

#include "wire/percent_encoding.hpp"

namespace redrive::wire {
namespace {

constexpr std::size_t most_fields = 256;
constexpr std::size_t longest_field = 64 * 1024; // as it arrives

// HTML's forms write a space as a plus, too.
std::optional<std::string> decoded(std::string_view text) {
    std::string spaced{text};
    std::ranges::replace(spaced, '+', ' ');
    return percent_decoded(spaced);
}

} // namespace

std::optional<query_form> query_form::parse(std::string_view body) {
    query_form out;
    while (!body.empty()) {
        const auto end = std::min(body.find('&'), body.size());
        const auto field = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (field.empty()) continue;
        if (field.size() > longest_field || out.fields_.size() == most_fields) return std::nullopt;
        const auto equals = std::min(field.find('='), field.size());
        auto name = decoded(field.substr(0, equals));
        auto value = decoded(field.substr(std::min(equals + 1, field.size())));
        if (!name || !value) return std::nullopt;
        out.fields_.emplace_back(*std::move(name), *std::move(value));
    }
    return out;
}

std::optional<std::string_view> query_form::operator[](std::string_view name) const noexcept {
    for (const auto& [each, value] : fields_)
        if (each == name) return value;
    return std::nullopt;
}

} // namespace redrive::wire
