#include "auth/cli_cache.hpp"

#include <chrono>
#include <utility>

#include "wire/cli_cache.hpp"

namespace redrive::auth {
namespace {

using namespace std::chrono_literals;

// Longer than ahead of their end ours are replaced, so that what replaces them is not the same.
constexpr auto worth_taking = 10min;

} // namespace

std::optional<loaded_credentials> kept_by_cli(const source_context& context,
                                              const role_step& role) {
    wire::cli_role asked;
    asked.role_arn = role.role_arn;
    asked.session_name = role.session_name;
    asked.external_id = role.external_id;
    asked.mfa_serial = role.mfa_serial;
    asked.duration_seconds = role.duration_seconds;
    const auto name = wire::cli_cache_file_name(asked);
    const auto path = name ? in_home(context, ".aws/cli/cache/" + *name) : std::nullopt;
    const auto text = path ? read_source_file(context, *path) : std::nullopt;
    auto held = text ? wire::read_cli_role(text->reveal()) : std::nullopt;
    if (!held || *held->expiry < context.wall_now() + worth_taking) return std::nullopt;
    loaded_credentials out;
    out.keys = std::move(held->keys);
    out.expiry = out.usable_until = held->expiry;
    out.source = "role " + role.role_arn + " as the AWS CLI keeps it in " + *path;
    return out;
}

} // namespace redrive::auth
