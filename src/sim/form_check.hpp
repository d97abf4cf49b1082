#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/query_form.hpp"

namespace redrive::sim {

// What the service wants of one parameter's text.
struct text_rule {
    std::string_view name;
    std::size_t shortest, longest; // bytes
    std::string_view pattern = {}; // as the service's complaint names it; empty: any characters
    std::string_view marks = {};   // what the pattern allows beside letters and digits
    bool digits_only = false;
    bool required = false;
    bool secret = false; // kept out of complaints
};

// Reads parameters of a Query-protocol form, and collects the complaints about them as the service
// does.
class form_check {
  public:
    explicit form_check(const wire::query_form& form) : form_{form} {}

    // Empty when it is absent.
    [[nodiscard]] std::string_view text(const text_rule& rule);
    [[nodiscard]] std::int64_t integer(std::string_view name,
                                       std::int64_t lowest,
                                       std::int64_t highest,
                                       std::int64_t otherwise);

    // Throws api_error, a ValidationError, when there was any complaint.
    void finish() const;

  private:
    void complain(std::string_view name, std::string_view value, std::string_view constraint);

    const wire::query_form& form_;
    std::vector<std::string> complaints_;
};

// Whether it is letters, digits and these marks alone.
[[nodiscard]] bool consists_of(std::string_view text, std::string_view marks) noexcept;

} // namespace redrive::sim
