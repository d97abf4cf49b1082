// Random courses of events against a reference that is too simple and too slow to be wrong.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "pipeline_reference.hpp"
#include "pipeline_script.hpp"

namespace redrive::flow {
namespace {

#ifdef REDRIVE_SLOW_BUILD
constexpr std::size_t all_steps = 100'000;
#else
constexpr std::size_t all_steps = 1'000'000;
#endif
constexpr std::size_t steps_of_a_script = 2'000;

// REDRIVE_MODEL_SEED=N plays the courses of an earlier run again.
std::uint64_t seed_of_this_run() {
    if (const auto* given = std::getenv("REDRIVE_MODEL_SEED"))
        return std::strtoull(given, nullptr, 10);
    return std::random_device{}();
}

TEST(PipelineModel, AgreesWithTheReferenceOnAMillionRandomSteps) {
    const auto seed = seed_of_this_run();
    std::printf("REDRIVE_MODEL_SEED=%llu\n", static_cast<unsigned long long>(seed));
    std::mt19937_64 random{seed};
    for (std::size_t done = 0; done < all_steps; done += steps_of_a_script) {
        const auto script = random_script(random, steps_of_a_script);
        if (!difference_in<pipeline_reference>(script)) continue;
        const auto shortest = shrunk<pipeline_reference>(script);
        FAIL() << "they differ in " << *difference_in<pipeline_reference>(shortest) << " after\n"
               << to_text(shortest) << "seed " << seed;
    }
}

// Takes a request for written when its first byte has left.
class hasty_reference : public pipeline_reference {
  public:
    [[nodiscard]] const call* next_due() const {
        const auto* due = pipeline_reference::next_due();
        if (!due || due->left == 0) return due;
        due_ = *due;
        due_.left = due_.bytes.size();
        return &due_;
    }

  private:
    mutable call due_;
};

TEST(PipelineModel, ShrinksADifferenceToTheStepsThatItNeeds) {
    std::mt19937_64 random{1};
    const auto script = random_script(random, steps_of_a_script);
    ASSERT_TRUE(difference_in<hasty_reference>(script));
    const auto shortest = shrunk<hasty_reference>(script);
    EXPECT_EQ(difference_in<hasty_reference>(shortest),
              "how much of the call that is due has left");
    EXPECT_EQ(to_text(shortest),
              "  stage a request of 1 + 1 bytes\n"
              "  hand out what is to be written\n"
              "  the stream takes 1 of these bytes, or all\n");
}

// Forgets that an abandoned call keeps its place.
struct forgetful_reference : pipeline_reference {
    bool abandoned(ticket name) {
        const auto* due = next_due();
        const bool was_due = due && due->name == name;
        const bool known = pipeline_reference::abandoned(name);
        if (known && was_due) answered();
        return known;
    }
};

TEST(PipelineModel, FindsAReferenceThatLosesItsPlace) {
    std::mt19937_64 random{1};
    const auto script = random_script(random, steps_of_a_script);
    ASSERT_TRUE(difference_in<forgetful_reference>(script));
    EXPECT_EQ(to_text(shrunk<forgetful_reference>(script)),
              "  stage a request of 1 + 0 bytes\n"
              "  hand out what is to be written\n"
              "  abandon the call at place 0\n");
}

} // namespace
} // namespace redrive::flow
