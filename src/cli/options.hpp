#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "flow/least_policy.hpp"
#include "redrive/config.hpp"

namespace redrive::cli {

enum class verb : std::uint8_t { list, cancel, verify, doctor, iam_policy };

enum class output_format : std::uint8_t { table, wide, json, ndjson, csv, name };

enum class color_mode : std::uint8_t { automatic, always, never };

// Which tasks: given ones, or what a search finds.
struct what_options {
    std::vector<std::string> targets; // as given, `-` among them
    std::vector<std::string> from;    // files with a target a line
    bool everything_is_a_handle = false;
    bool all = false;
    std::vector<std::string> match, exclude;
    std::optional<std::int64_t> min_remaining;
    std::optional<std::chrono::milliseconds> older_than;
    bool history = false;

    [[nodiscard]] bool names_targets() const noexcept { return !targets.empty() || !from.empty(); }
    [[nodiscard]] std::ptrdiff_t uses_of_stdin() const noexcept {
        return std::count(targets.begin(), targets.end(), "-") +
               std::count(from.begin(), from.end(), "-");
    }
    [[nodiscard]] bool filters() const noexcept {
        return !match.empty() || !exclude.empty() || min_remaining || older_than;
    }
};

struct where_options {
    std::vector<std::string> regions;
    std::vector<std::string> profiles;
    std::vector<std::string> accounts; // comma lists of 12 digits and @FILE
    std::string assume_role, external_id, session_name;
    bool narrow = false; // those roles may find and stop redrives only
    std::string endpoint_url;
    std::string ca_bundle;
    std::vector<connect_to_rule> connect_to;
};

struct doctor_options {
    bool probe_pipelining = false;
    bool explain_config = false;
    std::string record; // a file; empty: none
};

struct how_options {
    bool yes = false;
    bool dry_run = false;
    bool no_verify = false;
    std::optional<std::chrono::milliseconds> deadline;
    std::optional<std::chrono::milliseconds> verify_timeout;
    std::optional<std::size_t> concurrency;
    redrive::pipelining pipelining = redrive::pipelining::learnt;
    std::optional<std::size_t> depth;
    std::optional<double> rate;
    std::optional<std::uint64_t> max_tasks;
};

struct output_options {
    std::optional<output_format> format; // empty: table on a terminal, ndjson otherwise
    color_mode color = color_mode::automatic;
    bool quiet = false;
    bool no_progress = false;
    bool ordered = false;
    bool exit_code = false;
    bool debug_sign = false;
};

struct policy_options {
    flow::policy_scope scope{.uses = {flow::policy_use::cancel}};
    bool every_key = false;
};

struct options {
    cli::verb verb = cli::verb::list;
    what_options what;
    where_options where;
    doctor_options doctor;
    how_options how;
    output_options output;
    policy_options policy;
};

} // namespace redrive::cli
