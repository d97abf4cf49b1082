#include "cli/summary.hpp"

#include <fmt/format.h>

#include <vector>

#include "cli/duration.hpp"
#include "cli/number.hpp"
#include "wire/instant.hpp"

namespace redrive::cli {
namespace {

std::string counts_line(const stop_report& report) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < report.counts.size(); ++i)
        if (report.counts[i] > 0)
            parts.push_back(fmt::format(
                "{} {}", grouped(report.counts[i]), to_string(static_cast<outcome>(i))));
    if (parts.empty() && !report.search) return "no target was given: nothing was sent\n";
    if (parts.empty()) return "nothing was running\n";
    return fmt::format("{}: {}\n", counted(report.targets, "target"), fmt::join(parts, ", "));
}

std::string moved_line(const stop_report& report) {
    if (report.moved_before == 0 && report.moved_after == 0) return {};
    const auto unknown =
        report.moved_after_unknown == 0
            ? std::string{}
            : fmt::format(" (not known of {})", counted(report.moved_after_unknown, "task"));
    return fmt::format("about {} messages were moved before the stop and about {} after it was "
                       "ordered{}; they do not move back\n",
                       grouped(report.moved_before),
                       grouped(report.moved_after),
                       unknown);
}

std::string times_line(const stop_report& report) {
    const auto after = [](stop_report::duration span) {
        return describe(std::chrono::duration_cast<std::chrono::milliseconds>(span));
    };
    std::vector<std::string> parts;
    if (report.first_order)
        parts.push_back(fmt::format("first cancel sent after {}", after(*report.first_order)));
    if (report.last_order)
        parts.push_back(fmt::format("all ordered after {}", after(*report.last_order)));
    if (report.last_proof)
        parts.push_back(fmt::format("all confirmed after {}", after(*report.last_proof)));
    return parts.empty() ? std::string{} : fmt::format("{}\n", fmt::join(parts, ", "));
}

std::string ending_lines(const stop_report& report) {
    std::string out;
    if (report.deadline_passed) out += "the deadline passed before everything was confirmed\n";
    if (report.interrupted)
        out += "interrupted: redrives that are not confirmed go on running; run the same command "
               "again to stop them\n";
    return out;
}

std::string covered_line(const find_report& report) {
    return fmt::format("searched between {} and {}: read {} of {} in {}, found {}\n",
                       wire::to_rfc3339(report.began),
                       wire::to_rfc3339(report.ended),
                       grouped(report.read),
                       counted(report.queues, "queue"),
                       counted(report.parts, "account-region pair"),
                       counted(report.matched, "task"));
}

std::string not_enabled_line(const find_report& report) {
    std::uint64_t count = 0;
    for (const auto& part : report.unsearched)
        if (part.why == unsearched_part::cause::not_enabled) ++count;
    return count == 0 ? std::string{}
                      : fmt::format("{} not enabled, left out\n", counted(count, "region"));
}

} // namespace

std::string summary_of(const stop_report& report, const reason_groups& unconfirmed, told how_much) {
    std::string out;
    if (how_much == told::everything)
        out += counts_line(report) + moved_line(report) + times_line(report);
    if (!unconfirmed.empty()) out += "not confirmed:\n" + unconfirmed.text();
    if (report.search) out += summary_of(*report.search, how_much);
    return out + ending_lines(report);
}

std::string summary_of(const find_report& report, told how_much) {
    std::string out;
    if (how_much == told::everything) out += covered_line(report) + not_enabled_line(report);
    reason_groups unsearched;
    for (const auto& part : report.unsearched)
        if (part.why != unsearched_part::cause::not_enabled) unsearched.add(part);
    if (!unsearched.empty()) out += "could not be searched:\n" + unsearched.text();
    return out;
}

} // namespace redrive::cli
