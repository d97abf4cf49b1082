#include "cli/row_writer.hpp"

#include <array>

#include "wire/instant.hpp"

namespace redrive::cli {

void row_writer::time(const field_name& key, std::optional<wall_time> value) {
    if (!value) return text(key, {});
    std::array<char, wire::rfc3339_size> date;
    wire::write_rfc3339(date.data(), *value);
    text(key, {date.data(), date.size()});
}

} // namespace redrive::cli
