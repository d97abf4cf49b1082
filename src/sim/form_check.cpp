#include "sim/form_check.hpp"

#include <algorithm>
#include <charconv>

#include "core/ascii.hpp"
#include "sim/api_error.hpp"

namespace redrive::sim {
namespace {

constexpr std::size_t longest_shown = 256;

// A value as complaints show it.
std::string quoted(std::string_view value) {
    std::string text{"'"};
    for (const char c : value.substr(0, longest_shown))
        text += printable_prefix({&c, 1}) == 1 ? c : '?';
    return text + "'";
}

bool has_pattern(std::string_view text, const text_rule& rule) {
    if (rule.digits_only) return text.find_first_not_of("0123456789") == text.npos;
    return rule.pattern.empty() || consists_of(text, rule.marks);
}

} // namespace

std::string_view form_check::text(const text_rule& rule) {
    const auto given = form_[rule.name];
    if (!given) {
        if (rule.required) complain(rule.name, "null", "Member must not be null");
        return {};
    }
    const auto shown = rule.secret ? std::string{"'***'"} : quoted(*given);
    if (given->size() < rule.shortest)
        complain(rule.name,
                 shown,
                 "Member must have length greater than or equal to " +
                     std::to_string(rule.shortest));
    if (given->size() > rule.longest)
        complain(rule.name,
                 shown,
                 "Member must have length less than or equal to " + std::to_string(rule.longest));
    if (!has_pattern(*given, rule))
        complain(rule.name,
                 shown,
                 "Member must satisfy regular expression pattern: " + std::string{rule.pattern});
    return *given;
}

std::int64_t form_check::integer(std::string_view name,
                                 std::int64_t lowest,
                                 std::int64_t highest,
                                 std::int64_t otherwise) {
    const auto given = form_[name];
    if (!given) return otherwise;
    const auto* const end = given->data() + given->size();
    std::int64_t value = 0;
    const auto [stop, failure] = std::from_chars(given->data(), end, value);
    if (failure != std::errc{} || stop != end) throw api_error{"MalformedInput"};
    if (value < lowest)
        complain(name,
                 quoted(*given),
                 "Member must have value greater than or equal to " + std::to_string(lowest));
    if (value > highest)
        complain(name,
                 quoted(*given),
                 "Member must have value less than or equal to " + std::to_string(highest));
    return value;
}

void form_check::finish() const {
    if (complaints_.empty()) return;
    auto message = std::to_string(complaints_.size()) + " validation error" +
                   (complaints_.size() == 1 ? "" : "s") + " detected: ";
    for (const auto& complaint : complaints_)
        message += (&complaint == &complaints_.front() ? "" : "; ") + complaint;
    throw api_error{"ValidationError", message};
}

void form_check::complain(std::string_view name,
                          std::string_view value,
                          std::string_view constraint) {
    // The service names members of its model, which begin with a small letter.
    std::string member{name};
    member.front() = lower(member.front());
    complaints_.push_back("Value " + std::string{value} + " at '" + member +
                          "' failed to satisfy constraint: " + std::string{constraint});
}

bool consists_of(std::string_view text, std::string_view marks) noexcept {
    return std::ranges::all_of(
        text, [&](char c) { return is_alphanumeric(c) || marks.find(c) != marks.npos; });
}

} // namespace redrive::sim
