#include "client/signing_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "client_rig.hpp"

namespace redrive {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// Keeps what it is told.
class signing_recorder final : public signing_observer {
  public:
    void request_signed(const signing_record& what) override {
        operations.emplace_back(what.operation);
        for (const auto text : {what.operation,
                                what.address,
                                what.region,
                                what.access_key_id,
                                what.canonical_request,
                                what.string_to_sign})
            told.append(text).append("\n");
    }

    std::vector<std::string> operations;
    std::string told; // everything
};

TEST(SigningReport, IsOfTheFirstRequestOfEachOperation) {
    client_rig it;
    const auto recorder = std::make_shared<signing_recorder>();
    it.config.signing = recorder;
    it.peer.afterwards().serve([](const test::seen_request&) { return moved(1); });
    for (int n = 1; n <= 3; ++n) {
        it.cancel(n);
        it.list();
        ASSERT_TRUE(it.run_until_done());
    }
    EXPECT_THAT(recorder->operations, ElementsAre("CancelMessageMoveTask", "ListMessageMoveTasks"));
    EXPECT_THAT(recorder->told, HasSubstr(it.peer.url().substr(std::string{"http://"}.size())));
    EXPECT_THAT(recorder->told, HasSubstr("\neu-west-1\nAKIDEXAMPLE\nPOST\n/\n"));
    EXPECT_THAT(recorder->told, HasSubstr("\nx-amz-security-token:(hidden)\n"));
    EXPECT_THAT(recorder->told, HasSubstr("\nAWS4-HMAC-SHA256\n"));
}

TEST(SigningReport, HasNeitherSecretNorTokenNorSignature) {
    client_rig it;
    const auto recorder = std::make_shared<signing_recorder>();
    it.config.signing = recorder;
    it.peer.afterwards().serve([](const test::seen_request&) {
        return failed("InvalidSignatureException", "403 Forbidden");
    });
    it.cancel(1);
    it.list();
    it.start();
    ASSERT_TRUE(it.run_until_done());
    EXPECT_EQ(recorder->operations.size(), 3u);
    EXPECT_THAT(recorder->told, Not(HasSubstr(some_secret)));
    EXPECT_THAT(recorder->told, Not(HasSubstr(some_token)));
    ASSERT_GE(it.peer.requests().size(), 3u);
    for (const auto& seen : it.peer.requests()) {
        const auto header = seen.header("Authorization");
        const auto signature = header.substr(header.size() - 64);
        EXPECT_EQ(signature.find_first_not_of("0123456789abcdef"), std::string::npos);
        EXPECT_THAT(recorder->told, Not(HasSubstr(signature)));
    }
}

} // namespace
} // namespace redrive
