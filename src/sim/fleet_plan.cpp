#include "sim/fleet_plan.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "redrive/move_task.hpp"
#include "sim/key_values.hpp"
#include "sim/regions.hpp"

namespace redrive::sim {
namespace {

constexpr std::size_t most_accounts = 100'000;

// Part `index` of `total` in `parts` even parts, the first ones larger by one.
std::size_t share(std::size_t total, std::size_t parts, std::size_t index) {
    return total / parts + (index < total % parts ? 1 : 0);
}

std::int64_t draw(std::int64_t mean, bool spread, random_source& random) {
    constexpr double lowest = 0.25, highest = 2.5;
    if (!spread) return mean;
    const double factor = lowest * std::pow(highest / lowest, random.uniform());
    return std::max<std::int64_t>(1, std::llround(double(mean) * factor));
}

std::string numbered(std::string_view stem, std::size_t index, std::string_view suffix) {
    auto digits = std::to_string(index + 1);
    digits.insert(0, 5 - std::min<std::size_t>(5, digits.size()), '0');
    return std::string{stem} + "-" + digits + std::string{suffix};
}

queue& make_queue(cell& where, const std::string& name, wall_time now) {
    return where.queues.create(name, {}, now);
}

void make_source_of(cell& where,
                    const std::string& name,
                    const queue& dead_letters,
                    wall_time now) {
    queue_attributes attributes;
    attributes.set("RedrivePolicy",
                   R"({"deadLetterTargetArn":")" + dead_letters.arn_text +
                       R"(","maxReceiveCount":"5"})");
    where.queues.create(name, attributes, now);
}

void start_redrive(
    cell& where, queue& source, const fleet_plan& plan, random_source& random, wall_time now) {
    const auto rate = std::min<std::int64_t>(draw(plan.rate, plan.spread, random), fastest_rate);
    source.backlog = draw(plan.backlog, plan.spread, random);
    where.tasks.adopt(source,
                      {.task_id = random.uuid(),
                       .source = source.arn,
                       .destination_arn = {},
                       .max_rate = static_cast<std::int32_t>(rate),
                       .to_move = source.backlog,
                       .fails_after = std::nullopt,
                       .started = now});
}

void populate_cell(cell& where,
                   const fleet_plan& plan,
                   std::size_t queues,
                   std::size_t running,
                   random_source& random,
                   wall_time now) {
    const auto others = queues - running;
    for (std::size_t i = 0; i < running; ++i) {
        auto& source = make_queue(where, numbered("orders", i, "-dlq"), now);
        start_redrive(where, source, plan, random, now);
        if (i < others) make_source_of(where, numbered("orders", i, ""), source, now);
    }
    for (auto i = running; i < others; ++i)
        make_queue(where, numbered("events", i - running, ""), now);
}

} // namespace

fleet_plan parse_fleet(std::string_view text) {
    fleet_plan plan;
    for (const auto& [key, value] : split_key_values(text)) {
        const auto number = whole_number(key, value);
        if (key == "accounts")
            plan.accounts = std::size_t(number);
        else if (key == "suspended")
            plan.suspended = std::size_t(number);
        else if (key == "regions")
            plan.regions = std::size_t(number);
        else if (key == "queues")
            plan.queues = std::size_t(number);
        else if (key == "running")
            plan.running = std::size_t(number);
        else if (key == "backlog")
            plan.backlog = number;
        else if (key == "rate")
            plan.rate = number;
        else if (key == "spread")
            plan.spread = number != 0;
        else
            throw std::invalid_argument{"unknown key '" + key + "'"};
    }
    if (plan.accounts < 1 || plan.accounts > most_accounts)
        throw std::invalid_argument{"accounts must be 1 to 100000"};
    if (plan.suspended > most_accounts)
        throw std::invalid_argument{"suspended must not be more than 100000"};
    if (plan.regions < 1 || plan.regions > fleet_regions().size())
        throw std::invalid_argument{"regions must be 1 to " +
                                    std::to_string(fleet_regions().size())};
    if (plan.running > plan.queues)
        throw std::invalid_argument{"running must not be more than queues"};
    if (plan.rate < 1 || plan.rate > fastest_rate)
        throw std::invalid_argument{"rate must be 1 to 500"};
    return plan;
}

std::string fleet_account(std::size_t index) {
    return std::to_string(100'000'000'001 + index);
}

void populate(service& target, const fleet_plan& plan, wall_time now) {
    const auto cells = plan.accounts * plan.regions;
    for (std::size_t account = 0; account < plan.accounts; ++account) {
        const auto id = fleet_account(account);
        target.add_account(id);
        for (std::size_t region = 0; region < plan.regions; ++region) {
            const auto index = account * plan.regions + region;
            populate_cell(target.at(id, fleet_regions()[region]),
                          plan,
                          share(plan.queues, cells, index),
                          share(plan.running, cells, index),
                          target.random(),
                          now);
        }
    }
    for (std::size_t closed = 0; closed < plan.suspended; ++closed)
        target.add_suspended_account(fleet_account(plan.accounts + closed));
}

} // namespace redrive::sim
