#include "wire/json_reader.hpp"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <string>

namespace redrive::wire {
namespace {

using simdjson::internal::tape_ref;
using simdjson::internal::tape_type;

static_assert(json_reader::padding >= simdjson::SIMDJSON_PADDING);
static_assert(sizeof(json_value) == sizeof(tape_ref));

constexpr std::size_t deepest_nesting = 64;
constexpr std::size_t first_value = 1; // entry 0 of the tape is its root

tape_ref at(const void* document, std::size_t index) noexcept {
    return {static_cast<const simdjson::dom::document*>(document), index};
}

bool is_a(const void* document, std::size_t index, tape_type type) noexcept {
    return document != nullptr && at(document, index).tape_ref_type() == type;
}

std::optional<std::int64_t> integral(double value) noexcept {
    constexpr double beyond = 9223372036854775808.0; // 2^63, exact
    if (!(value >= -beyond && value < beyond)) return std::nullopt;
    const auto whole = static_cast<std::int64_t>(value);
    if (static_cast<double>(whole) != value) return std::nullopt;
    return whole;
}

} // namespace

struct json_reader::state {
    simdjson::dom::parser parser;
    std::string copy; // of texts that cannot be parsed in place

    // The parser grows to each size exactly; powers of two make growing rare.
    bool make_room(std::size_t size) {
        const auto room = std::bit_ceil(std::max<std::size_t>(size, 1024));
        if (parser.capacity() < room && parser.allocate(room, deepest_nesting)) return false;
        return parser.doc.capacity() >= room || !parser.doc.allocate(room);
    }

    std::string_view padded_copy(std::string_view text) {
        copy.reserve(text.size() + padding);
        copy.assign(text);
        return copy;
    }
};

json_reader::json_reader() : state_{std::make_unique<state>()} {}
json_reader::~json_reader() = default;
json_reader::json_reader(json_reader&&) noexcept = default;
json_reader& json_reader::operator=(json_reader&&) noexcept = default;

json_value json_reader::parse(std::string_view text, std::size_t readable) {
    if (!state_->make_room(text.size())) return {};
    const bool in_place = readable >= padding && readable - padding >= text.size();
    const auto padded = in_place ? text : state_->padded_copy(text);
    constexpr bool make_padding = false;
    if (state_->parser.parse(padded.data(), padded.size(), make_padding).error()) return {};
    return {&state_->parser.doc, first_value};
}

bool json_value::is_null() const noexcept {
    return is_a(document_, index_, tape_type::NULL_VALUE);
}

bool json_value::is_object() const noexcept {
    return is_a(document_, index_, tape_type::START_OBJECT);
}

bool json_value::is_array() const noexcept {
    return is_a(document_, index_, tape_type::START_ARRAY);
}

bool json_value::is_number() const noexcept {
    return number().has_value();
}

std::optional<std::string_view> json_value::text() const noexcept {
    if (!is_a(document_, index_, tape_type::STRING)) return std::nullopt;
    return at(document_, index_).get_string_view();
}

std::optional<std::int64_t> json_value::integer() const noexcept {
    if (is_a(document_, index_, tape_type::INT64))
        return at(document_, index_).next_tape_value<std::int64_t>();
    // UINT64 is on the tape only beyond the range of int64.
    if (is_a(document_, index_, tape_type::DOUBLE))
        return integral(at(document_, index_).next_tape_value<double>());
    return std::nullopt;
}

std::optional<double> json_value::number() const noexcept {
    if (is_a(document_, index_, tape_type::INT64))
        return static_cast<double>(at(document_, index_).next_tape_value<std::int64_t>());
    if (is_a(document_, index_, tape_type::UINT64))
        return static_cast<double>(at(document_, index_).next_tape_value<std::uint64_t>());
    if (is_a(document_, index_, tape_type::DOUBLE))
        return at(document_, index_).next_tape_value<double>();
    return std::nullopt;
}

std::optional<bool> json_value::boolean() const noexcept {
    if (is_a(document_, index_, tape_type::TRUE_VALUE)) return true;
    if (is_a(document_, index_, tape_type::FALSE_VALUE)) return false;
    return std::nullopt;
}

json_value json_value::operator[](std::string_view name) const noexcept {
    json_value last;
    for (const auto [key, value] : members())
        if (key == name) last = value;
    return last.is_null() ? json_value{} : last;
}

json_value::members_range json_value::members() const noexcept {
    if (!is_object()) return {{nullptr, 0}, {nullptr, 0}};
    return {{document_, index_ + 1}, {document_, at(document_, index_).after_element() - 1}};
}

json_value::elements_range json_value::elements() const noexcept {
    if (!is_array()) return {{nullptr, 0}, {nullptr, 0}};
    return {{document_, index_ + 1}, {document_, at(document_, index_).after_element() - 1}};
}

json_member json_object_iterator::operator*() const noexcept {
    return {at(document_, index_).get_string_view(), {document_, index_ + 1}};
}

json_object_iterator& json_object_iterator::operator++() noexcept {
    index_ = at(document_, index_ + 1).after_element();
    return *this;
}

json_value json_array_iterator::operator*() const noexcept {
    return {document_, index_};
}

json_array_iterator& json_array_iterator::operator++() noexcept {
    index_ = at(document_, index_).after_element();
    return *this;
}

} // namespace redrive::wire
