#pragma once

#include <string>
#include <string_view>

#include "sim/service.hpp"
#include "wire/json_reader.hpp"

namespace redrive::sim {

// One call of AWS Organizations, of which all accounts are members.
struct organization_call {
    std::string_view account; // of the caller
    const service& state;
    wire::json_value input; // an object
    std::string& out;
};

// Throws api_error: only the first account, the management account, may ask.
void list_accounts(const organization_call& call);

} // namespace redrive::sim
