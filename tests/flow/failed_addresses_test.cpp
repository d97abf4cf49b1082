#include "flow/failed_addresses.hpp"

#include <gtest/gtest.h>

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;

constexpr failed_addresses::time start{1h};

TEST(FailedAddresses, AreForgottenAfterSomeMinutes) {
    failed_addresses memory;
    memory.failed("10.0.0.1:443", start);
    EXPECT_TRUE(memory.failed_lately("10.0.0.1:443", start));
    EXPECT_TRUE(memory.failed_lately("10.0.0.1:443", start + 5min - 1ms));
    EXPECT_FALSE(memory.failed_lately("10.0.0.1:443", start + 5min));
    EXPECT_FALSE(memory.failed_lately("10.0.0.2:443", start));
}

TEST(FailedAddresses, CountFromTheLastFailure) {
    failed_addresses memory;
    memory.failed("a", start);
    memory.failed("a", start + 4min);
    EXPECT_TRUE(memory.failed_lately("a", start + 8min));
}

TEST(FailedAddresses, AreForgivenWhenTheyAcceptAConnection) {
    failed_addresses memory;
    memory.failed("a", start);
    memory.failed("b", start);
    memory.connected("a");
    EXPECT_FALSE(memory.failed_lately("a", start));
    EXPECT_TRUE(memory.failed_lately("b", start));
}

TEST(FailedAddresses, AreBoundedInNumber) {
    failed_addresses memory{2};
    for (const auto* each : {"a", "b", "a", "c"})
        memory.failed(each, start);
    EXPECT_TRUE(memory.failed_lately("a", start));
    EXPECT_FALSE(memory.failed_lately("b", start)) << "the one that failed the longest ago";
    EXPECT_TRUE(memory.failed_lately("c", start));
}

} // namespace
} // namespace redrive::flow
