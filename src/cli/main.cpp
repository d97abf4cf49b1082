#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <variant>

#include "cli/command_line.hpp"
#include "cli/data_stream.hpp"
#include "cli/session.hpp"
#include "cli/target_reader.hpp"
#include "cli/text_escape.hpp"
#include "cli/usage_error.hpp"
#include "cli/verbs.hpp"

#include <unistd.h>

namespace redrive::cli {
namespace {

exit_code show(const shown_text& shown) {
    data_stream out{STDOUT_FILENO};
    out.write(shown.text);
    out.flush();
    return exit_code::ok;
}

exit_code run(const options& given) {
    if (given.verb == verb::iam_policy) return run_iam_policy(given);
    check_files(given);
    session current{given};
    switch (given.verb) {
    case verb::list: return current.run(run_list);
    case verb::cancel: return current.run(run_cancel);
    case verb::verify: return current.run(run_verify);
    case verb::doctor: return current.run(run_doctor);
    case verb::iam_policy: break;
    }
    return exit_code::usage;
}

exit_code run(int argc, const char* const* argv) {
    const auto asked = parse_command_line(argc, argv);
    if (const auto* shown = std::get_if<shown_text>(&asked)) return show(*shown);
    return run(std::get<options>(asked));
}

} // namespace
} // namespace redrive::cli

int main(int argc, char** argv) {
    using namespace redrive::cli;
    try {
        return static_cast<int>(run(argc, argv));
    } catch (const usage_error& error) {
        fmt::print(stderr, "redrive: {}\n", error.what());
        return static_cast<int>(exit_code::usage);
    } catch (const std::exception& error) {
        fmt::print(stderr, "redrive: unexpected: {}\n", escaped(error.what()));
        return static_cast<int>(exit_code::not_confirmed);
    }
}
