#pragma once

#include <boost/asio/awaitable.hpp>

#include <vector>

#include "cli/session.hpp"
#include "cli/target_reader.hpp"
#include "redrive/target.hpp"

namespace redrive::cli {

// The targets of a command that has to see them all before it acts.
struct given_targets {
    std::vector<target> valid;
    std::vector<target> invalid;
    bool too_many = false; // more than a plan may hold; the rest was not read

    [[nodiscard]] bool none_is_valid() const noexcept { return valid.empty() && !too_many; }
};

[[nodiscard]] target_reader read_targets(session& run);
[[nodiscard]] boost::asio::awaitable<given_targets> collect_targets(session& run);

// One line for each invalid target, the first few by name.
[[nodiscard]] std::string describe_invalid(const std::vector<target>& invalid);

} // namespace redrive::cli
