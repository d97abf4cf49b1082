#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace redrive::wire {

// Appends JSON to a caller's buffer; commas are placed by itself. Invalid UTF-8 in a text becomes
// U+FFFD, so the output is always valid.
class json_writer {
  public:
    explicit json_writer(std::string& out) : out_{out} {}

    void begin_object();
    void end_object();
    void begin_array();
    void end_array();
    void key(std::string_view name);
    // A key that is JSON already: `,"name":`, its comma only where one belongs.
    void member(std::string_view json);
    // With its value: `,"name":null`.
    void whole_member(std::string_view json);

    void text_member(std::string_view name, std::string_view value);

    // Whether the text stands there as it is, all of it printable ASCII.
    bool text(std::string_view value);
    void integer(std::int64_t value);
    void number(double value); // shortest form that reads back equal; null when not finite
    void boolean(bool value);
    void null();
    void raw(std::string_view json); // a value that is JSON already

  private:
    void separate();

    std::string& out_;
    bool need_comma_ = false;
};

} // namespace redrive::wire
