#include "sim/queue_directory.hpp"

#include <gtest/gtest.h>

#include "sim/api_error.hpp"

namespace redrive::sim {
namespace {

constexpr wall_time start{std::chrono::milliseconds{1'700'000'000'000}};

queue_attributes with(std::string_view name, std::string_view value) {
    queue_attributes attributes;
    attributes.set(name, value);
    return attributes;
}

queue_attributes redriving_to(std::string_view name) {
    return with("RedrivePolicy",
                R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:100000000001:)" +
                    std::string{name} + R"(","maxReceiveCount":5})");
}

template <class Call>
std::string refused_as(Call call) {
    try {
        call();
    } catch (const api_error& error) {
        return error.type;
    }
    return "accepted";
}

TEST(QueueDirectory, KnowsWhoNamesADeadLetterQueue) {
    queue_directory queues{"100000000001", "us-east-1"};
    queues.create("dlq", {}, start);
    queues.create("b", redriving_to("dlq"), start);
    auto& a = queues.create("a", redriving_to("dlq"), start);
    EXPECT_EQ(queues.sources_of("dlq"), (std::set<std::string, std::less<>>{"a", "b"}));
    queues.change(a, {}, start);
    EXPECT_EQ(queues.sources_of("dlq"), (std::set<std::string, std::less<>>{"b"}));
    queues.remove("b");
    EXPECT_TRUE(queues.sources_of("dlq").empty());
}

TEST(QueueDirectory, GivesBackAnExistingQueueOnlyWithTheSameAttributes) {
    queue_directory queues{"100000000001", "us-east-1"};
    queues.create("q", with("DelaySeconds", "3"), start);
    EXPECT_EQ(refused_as([&] { queues.create("q", {}, start); }), "accepted");
    EXPECT_EQ(refused_as([&] { queues.create("q", with("DelaySeconds", "3"), start); }),
              "accepted");
    EXPECT_EQ(refused_as([&] { queues.create("q", with("DelaySeconds", "4"), start); }),
              "QueueNameExists");
    EXPECT_EQ(queues.all().size(), 1u);
}

TEST(QueueDirectory, RefusesImpossibleNamesAndPolicies) {
    queue_directory queues{"100000000001", "us-east-1"};
    for (const auto* name : {"", "a b", "q.fifo.x", "ordinary.fifo"})
        EXPECT_EQ(refused_as([&] { queues.create(name, {}, start); }),
                  "InvalidParameterValueException")
            << name;
    EXPECT_EQ(refused_as([&] { queues.create("q", with("FifoQueue", "true"), start); }),
              "InvalidParameterValueException");
    EXPECT_EQ(refused_as([&] { queues.create("q", redriving_to("missing"), start); }),
              "InvalidParameterValueException");
    queues.create("dlq.fifo", with("FifoQueue", "true"), start);
    EXPECT_EQ(refused_as([&] { queues.create("q", redriving_to("dlq.fifo"), start); }),
              "InvalidParameterValueException");
    EXPECT_EQ(queues.all().size(), 1u);
}

TEST(QueueDirectory, FindsOnlyItsOwnArns) {
    queue_directory queues{"100000000001", "cn-north-1"};
    queues.create("q", {}, start);
    EXPECT_NE(queues.find(queue_arn{"aws-cn", "cn-north-1", "100000000001", "q"}), nullptr);
    EXPECT_EQ(queues.find(queue_arn{"aws", "cn-north-1", "100000000001", "q"}), nullptr);
    EXPECT_EQ(queues.find(queue_arn{"aws-cn", "cn-north-1", "100000000002", "q"}), nullptr);
    EXPECT_EQ(queues.find(queue_arn{"aws-cn", "cn-northwest-1", "100000000001", "q"}), nullptr);
}

TEST(QueueAttributes, RefuseWhatTheServiceRefuses) {
    struct row {
        std::string_view name, value, refusal;
    };
    const row rows[] = {
        {"Colour", "red", "InvalidAttributeName"},
        {"QueueArn", "arn", "InvalidAttributeName"},
        {"DelaySeconds", "901", "InvalidAttributeValue"},
        {"DelaySeconds", "-1", "InvalidAttributeValue"},
        {"DelaySeconds", "soon", "InvalidAttributeValue"},
        {"DelaySeconds", "900", "accepted"},
        {"RedrivePolicy", "{", "InvalidParameterValueException"},
        {"RedrivePolicy", R"({"maxReceiveCount":1})", "InvalidParameterValueException"},
        {"RedrivePolicy",
         R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:100000000001:d","maxReceiveCount":0})",
         "InvalidParameterValueException"},
        {"RedrivePolicy",
         R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:100000000001:d","maxReceiveCount":"7"})",
         "accepted"},
        {"RedrivePolicy", "", "accepted"},
    };
    for (const auto& one : rows)
        EXPECT_EQ(refused_as([&] { (void)with(one.name, one.value); }), one.refusal)
            << one.name << " " << one.value;
}

} // namespace
} // namespace redrive::sim
