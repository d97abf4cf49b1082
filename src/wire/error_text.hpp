#pragma once

#include <string_view>

namespace redrive::wire {

// At most diagnostics::longest_message, cut between two characters of UTF-8.
[[nodiscard]] std::string_view bounded(std::string_view text) noexcept;

// For an error without a message of the service's own: a server's failure is named by its status,
// since its body is a page of some front end; what a proxy refused is told by its text.
// `is_document` says whether the body is of the protocol's own format.
[[nodiscard]] std::string_view substitute_message(unsigned status,
                                                  std::string_view reason,
                                                  std::string_view body,
                                                  bool is_document) noexcept;

} // namespace redrive::wire
