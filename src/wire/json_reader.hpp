#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace redrive::wire {

class json_object_iterator;
class json_array_iterator;

// A view of one value of a parsed document; 16 bytes, valid until its reader parses again.
// Every question is soft: a value of another kind, or no value, answers nothing.
class json_value {
  public:
    json_value() = default; // no value

    [[nodiscard]] bool exists() const noexcept { return document_ != nullptr; }
    [[nodiscard]] bool is_null() const noexcept;
    [[nodiscard]] bool is_object() const noexcept;
    [[nodiscard]] bool is_array() const noexcept;

    // The text points into the reader; copy it out before the reader parses again.
    [[nodiscard]] std::optional<std::string_view> text() const noexcept;
    // Integral numbers, 2.0 and 1e3 among them; nothing when out of range or fractional.
    [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;
    [[nodiscard]] std::optional<double> number() const noexcept;
    [[nodiscard]] std::optional<bool> boolean() const noexcept;
    [[nodiscard]] bool is_number() const noexcept;

    // The last member of that name, as the last duplicate wins; null counts as absent.
    [[nodiscard]] json_value operator[](std::string_view name) const noexcept;

    // for (auto [name, value] : object.members()), for (auto element : array.elements());
    // both are empty for other kinds.
    struct members_range;
    struct elements_range;
    [[nodiscard]] members_range members() const noexcept;
    [[nodiscard]] elements_range elements() const noexcept;

  private:
    friend class json_reader;
    friend class json_object_iterator;
    friend class json_array_iterator;
    json_value(const void* document, std::size_t index) : document_{document}, index_{index} {}

    const void* document_ = nullptr;
    std::size_t index_ = 0;
};

struct json_member {
    std::string_view name;
    json_value value;
};

class json_object_iterator {
  public:
    json_object_iterator(const void* document, std::size_t index)
        : document_{document}, index_{index} {}
    json_member operator*() const noexcept;
    json_object_iterator& operator++() noexcept;
    friend bool operator==(const json_object_iterator&, const json_object_iterator&) = default;

  private:
    const void* document_;
    std::size_t index_;
};

class json_array_iterator {
  public:
    json_array_iterator(const void* document, std::size_t index)
        : document_{document}, index_{index} {}
    json_value operator*() const noexcept;
    json_array_iterator& operator++() noexcept;
    friend bool operator==(const json_array_iterator&, const json_array_iterator&) = default;

  private:
    const void* document_;
    std::size_t index_;
};

struct json_value::members_range {
    json_object_iterator first, last;
    [[nodiscard]] json_object_iterator begin() const noexcept { return first; }
    [[nodiscard]] json_object_iterator end() const noexcept { return last; }
};

struct json_value::elements_range {
    json_array_iterator first, last;
    [[nodiscard]] json_array_iterator begin() const noexcept { return first; }
    [[nodiscard]] json_array_iterator end() const noexcept { return last; }
};

// Parses one document at a time into memory that it keeps and reuses: one per connection.
class json_reader {
  public:
    // Bytes that must be readable behind the text for it to be parsed in place.
    static constexpr std::size_t padding = 64;

    json_reader();
    ~json_reader();
    json_reader(json_reader&&) noexcept;
    json_reader& operator=(json_reader&&) noexcept;

    // No value unless the whole text is one JSON document in valid UTF-8; trailing bytes other than
    // white space are an error. `readable` counts the bytes that may be read from text.data();
    // with at least text.size() + padding of them nothing is copied.
    [[nodiscard]] json_value parse(std::string_view text, std::size_t readable = 0);

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace redrive::wire
