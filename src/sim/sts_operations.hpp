#pragma once

#include <string>
#include <string_view>

namespace redrive::sim {

// The value of Action in a Query-protocol form; empty when there is none.
[[nodiscard]] std::string_view form_action(std::string_view form) noexcept;

void append_caller_identity(std::string& body,
                            std::string_view account,
                            std::string_view request_id);

} // namespace redrive::sim
