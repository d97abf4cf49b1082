#include <cstdio>
#include <exception>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "conform/input.hpp"
#include "conform/verb.hpp"

namespace redrive::conform {
namespace {

struct named_verb {
    std::string_view name;
    verb* run;
};

constexpr named_verb verbs[]{
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
    std::fputs("usage: redrive-conform VERB < case.json\nverbs:", stderr);
    for (const auto& [name, run] : verbs)
        std::fprintf(stderr, " %.*s", static_cast<int>(name.size()), name.data());
    std::fputs("\n", stderr);
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

reply run(verb& verb, std::string_view text) {
    wire::json_reader reader;
    const auto input = reader.parse(text);
    if (!input.is_object()) return {error_object("the input is not one JSON object"), 1};
    try {
        std::string out;
        wire::json_writer writer{out};
        const auto given = verb(input, writer);
        return {out, given == answer::given ? 0 : 1};
    } catch (const refused& why) {
        return {error_object(why.what()), 1};
    }
}

} // namespace
} // namespace redrive::conform

int main(int argc, char** argv) {
    using namespace redrive::conform;
    if (argc != 2) return usage();
    for (const auto& [name, function] : verbs) {
        if (name != argv[1]) continue;
        const std::string input{std::istreambuf_iterator<char>{std::cin}, {}};
        const auto [text, exit_code] = run(*function, input);
        std::cout << text << '\n';
        return exit_code;
    }
    return usage();
}
