#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/field_name.hpp"

namespace redrive::cli {

// Receives one row of a schema, field by field, in the schema's order. A row always names all its
// fields, so that every row has the same columns.
class row_writer {
  public:
    using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;

    virtual ~row_writer() = default;

    // Unknown is empty here and null in the row.
    virtual void text(const field_name& key, std::string_view value) = 0;
    virtual void integer(const field_name& key, std::optional<std::int64_t> value) = 0;
    virtual void number(const field_name& key, std::optional<double> value) = 0;
    virtual void list(const field_name& key, const std::vector<std::string>& values) = 0;
    // The fields until end() are nested; when not `exists`, the whole object is null.
    virtual void begin(const field_name& key, bool exists) = 0;
    virtual void end() = 0;

    void time(const field_name& key, std::optional<wall_time> value);
};

} // namespace redrive::cli
