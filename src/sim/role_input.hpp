#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "wire/query_form.hpp"

namespace redrive::sim {

// What AssumeRole and AssumeRoleWithWebIdentity are asked for. The readers check the form that the
// service demands of each parameter; they throw api_error.
struct role_input {
    std::string account, role; // both from RoleArn; the role's name is without its path
    std::string session;
    std::chrono::seconds lifetime{};
    std::string external_id;
};

[[nodiscard]] role_input read_assume_role(const wire::query_form& form);
[[nodiscard]] role_input read_web_identity(const wire::query_form& form);

// The account of a role's ARN; empty when it is not one.
[[nodiscard]] std::string_view account_of_role(std::string_view arn) noexcept;

[[nodiscard]] bool is_role_name(std::string_view text) noexcept;

} // namespace redrive::sim
