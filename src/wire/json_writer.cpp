#include "wire/json_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "core/byte_word.hpp"

namespace redrive::wire {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd"; // U+FFFD

constexpr bool stands_for_itself(unsigned char byte) noexcept {
    return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

// The form of one well-formed UTF-8 sequence (Unicode 15, table 3-7): its length and the range of
// its second byte, which rules out overlong forms, surrogates and what is beyond U+10FFFF.
struct sequence_form {
    std::size_t length = 0; // 0: no such lead byte
    unsigned char second_min = 0x80;
    unsigned char second_max = 0xbf;
};

constexpr sequence_form form_of(unsigned char lead) noexcept {
    if (lead >= 0xc2 && lead <= 0xdf) return {.length = 2};
    if (lead == 0xe0) return {.length = 3, .second_min = 0xa0};
    if (lead == 0xed) return {.length = 3, .second_max = 0x9f};
    if (lead >= 0xe1 && lead <= 0xef) return {.length = 3};
    if (lead == 0xf0) return {.length = 4, .second_min = 0x90};
    if (lead >= 0xf1 && lead <= 0xf3) return {.length = 4};
    if (lead == 0xf4) return {.length = 4, .second_max = 0x8f};
    return {};
}

// How many bytes at the front, at least one, are a sequence or the longest beginning of one.
struct sequence {
    std::size_t length;
    bool complete;
};

sequence first_sequence(std::string_view text) noexcept {
    const auto byte_at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto form = form_of(byte_at(0));
    if (form.length == 0) return {1, false};
    std::size_t n = 1;
    for (; n < form.length && n < text.size(); ++n) {
        const auto least = n == 1 ? form.second_min : 0x80;
        const auto most = n == 1 ? form.second_max : 0xbf;
        if (byte_at(n) < least || byte_at(n) > most) break;
    }
    return {n, n == form.length};
}

void append_escape(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    case '\x7f': out += c; return; // JSON has nothing against it
    default:
        out += "\\u00";
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 0x0f];
    }
}

// Appends the front of `text` that needs care, and returns how long it was.
std::size_t append_special(std::string& out, std::string_view text) {
    if (static_cast<unsigned char>(text.front()) < 0x80) {
        append_escape(out, text.front());
        return 1;
    }
    const auto [length, complete] = first_sequence(text);
    out += complete ? text.substr(0, length) : replacement;
    return length;
}

std::size_t plain_prefix(std::string_view text) noexcept {
    return good_prefix(
        text,
        [](byte_word bytes) {
            return (bytes.outside(0x20, 0x7e) | bytes.equal('"') | bytes.equal('\\')) == 0;
        },
        stands_for_itself);
}

// From the first byte that needs care to the end.
void append_rest(std::string& out, std::string_view text) {
    while (!text.empty()) {
        text.remove_prefix(append_special(out, text));
        const auto plain = plain_prefix(text);
        out += text.substr(0, plain);
        text.remove_prefix(plain);
    }
}

// Whether all of it stands for itself.
bool append_quoted(std::string& out, std::string_view text) {
    const auto plain = plain_prefix(text);
    out += '"';
    out.append(text.data(), plain);
    if (plain < text.size()) append_rest(out, text.substr(plain));
    out += '"';
    return plain == text.size();
}

template <class Number>
void append_number(std::string& out, Number value) {
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

} // namespace

void json_writer::separate() {
    if (need_comma_) out_ += ',';
    need_comma_ = true;
}

void json_writer::begin_object() {
    separate();
    out_ += '{';
    need_comma_ = false;
}

void json_writer::end_object() {
    out_ += '}';
    need_comma_ = true;
}

void json_writer::begin_array() {
    separate();
    out_ += '[';
    need_comma_ = false;
}

void json_writer::end_array() {
    out_ += ']';
    need_comma_ = true;
}

void json_writer::key(std::string_view name) {
    separate();
    append_quoted(out_, name);
    out_ += ':';
    need_comma_ = false;
}

void json_writer::member(std::string_view json) {
    whole_member(json);
    need_comma_ = false;
}

void json_writer::whole_member(std::string_view json) {
    if (!need_comma_) json.remove_prefix(1);
    out_ += json;
    need_comma_ = true;
}

void json_writer::text_member(std::string_view name, std::string_view value) {
    key(name);
    text(value);
}

bool json_writer::text(std::string_view value) {
    separate();
    return append_quoted(out_, value);
}

void json_writer::integer(std::int64_t value) {
    separate();
    append_number(out_, value);
}

void json_writer::number(double value) {
    if (!std::isfinite(value)) return null();
    separate();
    append_number(out_, value);
}

void json_writer::boolean(bool value) {
    raw(value ? "true" : "false");
}

void json_writer::null() {
    raw("null");
}

void json_writer::raw(std::string_view json) {
    separate();
    out_ += json;
}

} // namespace redrive::wire
