#include "cli/style.hpp"

#include <gtest/gtest.h>

namespace redrive::cli {
namespace {

struct color_case {
    color_mode mode;
    color_environment env;
    bool wanted;
};

TEST(Colors, FollowTheFlagThenTheVariablesThenTheTerminal) {
    const color_case cases[] = {
        {color_mode::automatic, {.is_terminal = true, .term = "xterm"}, true},
        {color_mode::automatic, {.is_terminal = false, .term = "xterm"}, false},
        {color_mode::automatic, {.is_terminal = true, .term = "dumb"}, false},
        {color_mode::automatic, {.is_terminal = true, .no_color = "1"}, false},
        {color_mode::automatic, {.is_terminal = false, .clicolor_force = "1"}, true},
        {color_mode::automatic, {.is_terminal = false, .clicolor_force = "0"}, false},
        {color_mode::automatic, {.no_color = "1", .clicolor_force = "1"}, false},
        {color_mode::always, {.is_terminal = false, .no_color = "1"}, true},
        {color_mode::never, {.is_terminal = true, .clicolor_force = "1"}, false},
    };
    for (const auto& one : cases)
        EXPECT_EQ(wants_colors(one.mode, one.env), one.wanted);
}

TEST(Colors, AreAddedOnlyWhenWanted) {
    EXPECT_EQ(painted("stopped", style::good, true), "\x1b[32mstopped\x1b[0m");
    EXPECT_EQ(painted("stopped", style::good, false), "stopped");
    EXPECT_EQ(painted("stopped", style::plain, true), "stopped");
}

} // namespace
} // namespace redrive::cli
