#include "sim/role_rules.hpp"

#include <stdexcept>

#include "sim/role_input.hpp"

namespace redrive::sim {

void role_rules::add(std::string_view rule) {
    const auto equals = rule.find('=');
    const auto name = rule.substr(0, equals);
    if (!is_role_name(name))
        throw std::invalid_argument{"'" + std::string{name} + "' is not the name of a role"};
    std::optional<std::string> external_id;
    if (equals != rule.npos) external_id = rule.substr(equals + 1);
    if (external_id && external_id->empty())
        throw std::invalid_argument{"the external id of '" + std::string{name} + "' is empty"};
    roles_.insert_or_assign(std::string{name}, std::move(external_id));
}

bool role_rules::knows(std::string_view role) const {
    return roles_.empty() || roles_.contains(role);
}

bool role_rules::admits(std::string_view role, std::string_view external_id) const {
    if (roles_.empty()) return true;
    const auto found = roles_.find(role);
    return found != roles_.end() && (!found->second || *found->second == external_id);
}

} // namespace redrive::sim
