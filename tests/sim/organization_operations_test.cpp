#include "sim/organization_operations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "router_rig.hpp"
#include "wire/json_reader.hpp"

namespace redrive::sim {
namespace {

using ::testing::HasSubstr;

struct Organization : ::testing::Test, router_rig {
    Organization() : router_rig{members()} {}

    static simulation_settings members() {
        simulation_settings settings;
        settings.fleet = parse_fleet("accounts=41,suspended=2");
        return settings;
    }
    static request_terms terms(const std::string& account = "100000000001") {
        request_terms out;
        out.at = now;
        out.account = account;
        return out;
    }
    answered list(const std::string& body = "{}", const request_terms& who = terms()) {
        return ask_bytes(organizations_request("ListAccounts", body, who));
    }
};

TEST_F(Organization, DescribesItsMembers) {
    const auto result = list(R"({"MaxResults":1})");
    EXPECT_EQ(result.reply.status, 200U);
    EXPECT_EQ(header(result, "content-type"), "application/x-amz-json-1.1");
    EXPECT_EQ(result.reply.body,
              R"({"Accounts":[{"Id":"100000000001",)"
              R"("Arn":"arn:aws:organizations::100000000001:account/o-redrivesim/100000000001",)"
              R"("Email":"sim-100000000001@example.com","Name":"sim-100000000001",)"
              R"("Status":"ACTIVE","State":"ACTIVE","JoinedMethod":"INVITED",)"
              R"("JoinedTimestamp":1577836800}],"NextToken":"MTAwMDAwMDAwMDAy"})");
}

TEST_F(Organization, PagesThroughAllMembersOnce) {
    wire::json_reader reader;
    std::vector<std::string> ids, suspended;
    std::vector<std::size_t> pages;
    std::string input = "{}";
    while (!input.empty()) {
        const auto body = list(input).reply.body;
        const auto page = reader.parse(body);
        pages.push_back(0);
        for (const auto each : page["Accounts"].elements()) {
            ++pages.back();
            ids.emplace_back(*each["Id"].text());
            if (each["Status"].text() == "SUSPENDED") suspended.push_back(ids.back());
            EXPECT_EQ(each["Status"].text(), each["State"].text());
        }
        const auto next = page["NextToken"].text();
        input = next ? R"({"NextToken":")" + std::string{*next} + R"("})" : "";
    }
    EXPECT_EQ(pages, (std::vector<std::size_t>{20, 20, 3}));
    EXPECT_EQ(suspended, (std::vector<std::string>{"100000000042", "100000000043"}));
    ASSERT_EQ(ids.size(), 43U);
    for (std::size_t i = 0; i < ids.size(); ++i)
        EXPECT_EQ(ids[i], fleet_account(i));
}

TEST_F(Organization, AnswersItsManagementAccountAlone) {
    const auto refused = list("{}", terms("100000000002"));
    EXPECT_EQ(refused.reply.status, 400U);
    EXPECT_EQ(refused.reply.body,
              R"({"__type":"AccessDeniedException",)"
              R"("Message":"You don't have permissions to access this resource."})");
    EXPECT_EQ(header(refused, "x-amzn-query-error"), "");
}

TEST_F(Organization, RefusesWhatItCannotUse) {
    for (const auto* body : {R"({"MaxResults":0})",
                             R"({"MaxResults":21})",
                             R"({"NextToken":"?"})",
                             R"({"NextToken":"bm8="})"})
        EXPECT_THAT(list(body).reply.body, HasSubstr(R"("__type":"InvalidInputException")"))
            << body;
    EXPECT_THAT(list("[]").reply.body, HasSubstr("SerializationException"));
    const auto unknown = ask_bytes(organizations_request("CreateAccount", "{}", terms()));
    EXPECT_THAT(unknown.reply.body, HasSubstr("UnknownOperationException"));
    EXPECT_EQ(unknown.reply.status, 400U);
}

TEST_F(Organization, IsSignedForItsOwnServiceInItsOneRegion) {
    auto elsewhere = terms();
    elsewhere.region = "eu-west-1";
    EXPECT_THAT(list("{}", elsewhere).reply.body, HasSubstr("scoped to a valid region"));
    auto who = terms();
    who.service = "sqs";
    const auto foreign =
        ask_bytes(signed_bytes({{"Content-Type", "application/x-amz-json-1.1"},
                                {"X-Amz-Target", "AWSOrganizationsV20161128.ListAccounts"}},
                               "{}",
                               who));
    EXPECT_THAT(foreign.reply.body, HasSubstr("scoped to correct service: 'organizations'"));
}

TEST_F(Organization, IsCountedAndNotForbidden) {
    world.limits.add("ListAccounts=1/s");
    (void)list();
    EXPECT_THAT(list().reply.body, HasSubstr("TooManyRequestsException"));
    EXPECT_EQ(world.ledger.calls().at("ListAccounts/100000000001/us-east-1/ok").count, 1U);
    EXPECT_EQ(world.ledger.forbidden().size(), 0U);
    EXPECT_EQ(world.ledger.throttled(), 1U);
}

} // namespace
} // namespace redrive::sim
