#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace redrive::sim {

// Which roles can be assumed: without a rule, of any name.
class role_rules {
  public:
    // Reads `NAME[=EXTERNAL_ID]`. Throws std::invalid_argument with a text for the user.
    void add(std::string_view rule);

    [[nodiscard]] bool knows(std::string_view role) const;
    // Whether whoever gives this external id may take the role.
    [[nodiscard]] bool admits(std::string_view role, std::string_view external_id) const;

  private:
    // The external id that each asks for, if any.
    std::map<std::string, std::optional<std::string>, std::less<>> roles_;
};

} // namespace redrive::sim
