#include "net/name_memory.hpp"

#include <gtest/gtest.h>

#include "support/hanging_names.hpp"
#include "support/manual_time.hpp"

namespace redrive::net {
namespace {

using namespace std::chrono_literals;

class NameMemory : public ::testing::Test {
  protected:
    std::string look_up(std::uint16_t port = 443, const std::string& host = "a.given.test") {
        const auto found = world.run(resolve_remembered(world.executor(), world.time, host, port));
        if (found.ec) return found.ec.message();
        const auto& first = found.addresses.at(0);
        return first.address().to_string() + ":" + std::to_string(first.port());
    }
    test::virtual_world world;
    test::given_name name{"a.given.test", "10.0.0.1"};
};

TEST_F(NameMemory, AsksOnceForWhatItKnows) {
    EXPECT_EQ(look_up(), "10.0.0.1:443");
    name.set("10.0.0.2");
    world.time->advance(29s);
    EXPECT_EQ(look_up(8443), "10.0.0.1:8443");
    EXPECT_EQ(name.asked(), 1);
}

TEST_F(NameMemory, AsksAgainAfterHalfAMinute) {
    look_up();
    name.set("10.0.0.2");
    world.time->advance(30s);
    EXPECT_EQ(look_up(), "10.0.0.2:443");
    EXPECT_EQ(name.asked(), 2);
}

TEST_F(NameMemory, MakesDoWithTheOldWhileTheResolverFails) {
    look_up();
    name.set("");
    world.time->advance(9min);
    EXPECT_EQ(look_up(), "10.0.0.1:443");
    EXPECT_EQ(name.asked(), 2);
    world.time->advance(1min);
    EXPECT_EQ(look_up(), "the host name cannot be resolved");
}

TEST_F(NameMemory, RemembersNoFailure) {
    name.set("");
    EXPECT_EQ(look_up(), "the host name cannot be resolved");
    name.set("10.0.0.3");
    EXPECT_EQ(look_up(), "10.0.0.3:443");
}

TEST_F(NameMemory, TakesAddressesAsTheyAre) {
    EXPECT_EQ(look_up(1, "127.0.0.9"), "127.0.0.9:1");
}

} // namespace
} // namespace redrive::net
