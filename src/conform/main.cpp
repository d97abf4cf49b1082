#include <cstdio>
#include <exception>
#include <iostream>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "conform/input.hpp"
#include "conform/verb.hpp"
#include "conform/world.hpp"

namespace redrive::conform {
namespace {

struct named_verb {
    std::string_view name;
    verb* run = nullptr;
    worldly_verb* run_in_world = nullptr;
};

constexpr named_verb verbs[]{
    {"call", nullptr, call},
    {"credentials", nullptr, find_credentials},
    {"sign", sign},
    {"endpoint", endpoint},
    {"parse-profile", parse_profile},
    {"profile-chain", profile_chain},
    {"no-proxy", no_proxy},
    {"resolve-config", resolve_config},
    {"serialize", serialize},
    {"parse-response", parse_response},
    {"retry-sim", retry_sim},
};

int usage() {
    std::fputs("usage: redrive-conform VERB [OPTION]... < case.json\nverbs:", stderr);
    for (const auto& each : verbs)
        std::fprintf(stderr, " %.*s", static_cast<int>(each.name.size()), each.name.data());
    std::fputs("\noptions of call and credentials: --connect-to HOST:PORT:ADDR:PORT (repeatable), "
               "--ca FILE, --replay FILE\n",
               stderr);
    return 2;
}

std::string error_object(std::string_view message) {
    std::string out;
    wire::json_writer writer{out};
    writer.begin_object();
    writer.key("error");
    writer.begin_object();
    write_text(writer, "message", message);
    writer.end_object();
    writer.end_object();
    return out;
}

struct reply {
    std::string text;
    int exit_code;
};

// Nothing when they cannot be understood.
std::optional<world_options> read_options(const named_verb& of, std::span<char*> arguments) {
    world_options out;
    if (!of.run_in_world && !arguments.empty()) return std::nullopt;
    for (std::size_t i = 0; i < arguments.size(); i += 2) {
        if (i + 1 == arguments.size()) return std::nullopt;
        const std::string_view name = arguments[i], value = arguments[i + 1];
        if (name == "--connect-to") {
            const auto rule = parse_connect_to(value);
            if (!rule) return std::nullopt;
            out.connect_to.push_back(*rule);
        } else if (name == "--ca") {
            out.ca_bundle = value;
        } else if (name == "--replay") {
            out.replay = value;
        } else {
            return std::nullopt;
        }
    }
    return out;
}

reply run(const named_verb& verb, const world_options& options, std::string_view text) {
    wire::json_reader reader;
    const auto input = reader.parse(text);
    if (!input.is_object()) return {error_object("the input is not one JSON object"), 1};
    try {
        std::string out;
        wire::json_writer writer{out};
        const auto given =
            verb.run_in_world ? verb.run_in_world(input, options, writer) : verb.run(input, writer);
        return {out, given == answer::given ? 0 : 1};
    } catch (const refused& why) {
        return {error_object(why.what()), 1};
    }
}

} // namespace
} // namespace redrive::conform

int main(int argc, char** argv) {
    using namespace redrive::conform;
    if (argc < 2) return usage();
    for (const auto& each : verbs) {
        if (each.name != argv[1]) continue;
        const auto options = read_options(each, {argv + 2, static_cast<std::size_t>(argc) - 2});
        if (!options) return usage();
        const std::string input{std::istreambuf_iterator<char>{std::cin}, {}};
        const auto [text, exit_code] = run(each, *options, input);
        std::cout << text << '\n';
        return exit_code;
    }
    return usage();
}
