#include "cli/row_writer.hpp"

#include "wire/instant.hpp"

namespace redrive::cli {

void row_writer::time(std::string_view key, std::optional<wall_time> value) {
    text(key, value ? wire::to_rfc3339(*value) : std::string{});
}

} // namespace redrive::cli
