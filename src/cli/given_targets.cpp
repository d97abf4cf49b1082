#include "cli/given_targets.hpp"

#include <fmt/format.h>

#include <utility>

#include "cli/number.hpp"
#include "cli/plan.hpp"
#include "cli/text_escape.hpp"
#include "cli/text_width.hpp"

namespace redrive::cli {
namespace {

constexpr std::size_t most_named = 10;
constexpr std::size_t longest_text = 60;

std::string describe_one(const target& bad) {
    const auto text = shortened(escaped(bad.input.text), longest_text);
    const auto where = bad.input.line > 0 ? fmt::format("line {}: '{}'", bad.input.line, text)
                                          : fmt::format("'{}'", text);
    return fmt::format("invalid target, {}: {}\n", where, escaped(bad.invalid));
}

} // namespace

target_reader read_targets(session& run) {
    const target_defaults defaults{.region = run.searched().default_region(),
                                   .everything_is_a_handle =
                                       run.given().what.everything_is_a_handle};
    return {run.executor(), run.given().what, defaults};
}

boost::asio::awaitable<given_targets> collect_targets(session& run) {
    given_targets result;
    auto reader = read_targets(run);
    run.on_interrupt([&] { reader.stop(); });
    while (!result.too_many) {
        auto next = co_await reader.next();
        if (!next) break;
        auto& kept = next->invalid.empty() ? result.valid : result.invalid;
        result.too_many = result.valid.size() + result.invalid.size() >= plan::most_tasks;
        if (!result.too_many) kept.push_back(std::move(*next));
    }
    run.on_interrupt({});
    if (!reader.problem().empty()) run.notices().warn(reader.problem());
    co_return result;
}

std::string describe_invalid(const std::vector<target>& invalid) {
    std::string out;
    for (std::size_t i = 0; i < invalid.size() && i < most_named; ++i)
        out += describe_one(invalid[i]);
    if (invalid.size() > most_named)
        out += fmt::format("... and {}\n",
                           counted(invalid.size() - most_named, "more invalid target"));
    return out;
}

} // namespace redrive::cli
