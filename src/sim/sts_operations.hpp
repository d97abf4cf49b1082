#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/role_rules.hpp"
#include "sim/service.hpp"
#include "sim/temporary_keys.hpp"
#include "wire/query_form.hpp"

namespace redrive::sim {

// One call of STS: who makes it, and where its answer goes.
struct sts_call {
    const wire::query_form& input;
    std::string_view account;                // of the caller; empty without a signature
    const std::optional<role_session>& role; // that signed
    const service& state;
    const role_rules& roles;
    const temporary_keys& role_keys;
    std::string_view request_id;
    wall_time now;
    std::string& out;
};

using sts_handler = void (*)(const sts_call&);

// The handler of an operation by its name; null for an unknown one. Handlers throw api_error.
[[nodiscard]] sts_handler find_sts_operation(std::string_view name) noexcept;

// The one that takes a token instead of a signature.
[[nodiscard]] bool is_unsigned_sts_operation(std::string_view name) noexcept;

} // namespace redrive::sim
