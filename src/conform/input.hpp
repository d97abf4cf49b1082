#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/http_header.hpp"
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"

namespace redrive::conform {

// Members of a case. A member of another type than asked for is refused; an absent one is nothing,
// or refused where it is required.

[[nodiscard]] std::optional<std::string_view> text(wire::json_value object, std::string_view name);
[[nodiscard]] std::string_view required_text(wire::json_value object, std::string_view name);
[[nodiscard]] std::optional<std::int32_t> integer(wire::json_value object, std::string_view name);
[[nodiscard]] std::optional<double> number(wire::json_value object, std::string_view name);
[[nodiscard]] bool flag(wire::json_value object, std::string_view name, bool otherwise);
[[nodiscard]] wire::json_value required_object(wire::json_value object, std::string_view name);

// [[name, value], ...] under `headers`; none when absent.
[[nodiscard]] wire::http_headers headers(wire::json_value object);
void write_headers(wire::json_writer& output, const wire::http_headers& values);

void write_text(wire::json_writer& output, std::string_view name, std::string_view value);

} // namespace redrive::conform
