#include "sim/organization_operations.hpp"

#include <algorithm>
#include <vector>

#include "core/base64.hpp"
#include "redrive/queue_arn.hpp"
#include "sim/api_error.hpp"
#include "sim/input.hpp"
#include "wire/json_writer.hpp"

namespace redrive::sim {
namespace {

constexpr std::int64_t largest_page = 20;
constexpr std::int64_t joined = 1'577'836'800; // 2020, all of them

struct member {
    std::string_view id;
    bool is_suspended = false;
};

// Ordered by id: the closed ones are behind the others.
std::vector<member> members_of(const service& state) {
    std::vector<member> all;
    for (const auto& id : state.accounts())
        all.push_back({id});
    for (const auto& id : state.suspended_accounts())
        all.push_back({id, true});
    return all;
}

api_error invalid_input(std::string_view why) {
    return api_error{"InvalidInputException", std::string{why}};
}

std::size_t page_size(wire::json_value input) {
    const auto size = optional_integer(input, "MaxResults").value_or(largest_page);
    if (size < 1 || size > largest_page)
        throw invalid_input("You specified an invalid value for MaxResults.");
    return static_cast<std::size_t>(size);
}

// A token is the id of the first account of its page.
std::string first_id(wire::json_value input) {
    const auto token = optional_text(input, "NextToken");
    if (token.empty()) return {};
    const auto id = base64_decode(token);
    if (!id || !is_account_id(*id))
        throw invalid_input("You specified an invalid value for NextToken.");
    return *id;
}

void write_member(wire::json_writer& out, const member& each, std::string_view management) {
    const std::string id{each.id}, status{each.is_suspended ? "SUSPENDED" : "ACTIVE"};
    out.begin_object();
    out.text_member("Id", id);
    out.text_member(
        "Arn", "arn:aws:organizations::" + std::string{management} + ":account/o-redrivesim/" + id);
    out.text_member("Email", "sim-" + id + "@example.com");
    out.text_member("Name", "sim-" + id);
    out.text_member("Status", status);
    out.text_member("State", status);
    out.text_member("JoinedMethod", id == management ? "INVITED" : "CREATED");
    out.key("JoinedTimestamp");
    out.integer(joined);
    out.end_object();
}

} // namespace

void list_accounts(const organization_call& call) {
    const std::string_view management = *call.state.accounts().begin();
    if (call.account != management)
        throw api_error{"AccessDeniedException",
                        "You don't have permissions to access this resource."};
    const auto all = members_of(call.state);
    const auto size = page_size(call.input);
    const auto page = std::ranges::lower_bound(all, first_id(call.input), {}, &member::id);
    const auto left = static_cast<std::size_t>(all.end() - page);
    const auto end = page + static_cast<std::ptrdiff_t>(std::min(size, left));

    wire::json_writer out{call.out};
    out.begin_object();
    out.key("Accounts");
    out.begin_array();
    for (auto each = page; each != end; ++each)
        write_member(out, *each, management);
    out.end_array();
    if (end != all.end()) out.text_member("NextToken", base64_encode(end->id));
    out.end_object();
}

} // namespace redrive::sim
