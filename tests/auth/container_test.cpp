#include "auth/container.hpp"

#include <gmock/gmock.h>

#include "auth/source_rig.hpp"

namespace redrive::auth {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
constexpr const char* full = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
constexpr const char* token = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
constexpr const char* token_file = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

result<loaded_credentials> ask(source_rig& it) {
    return it.run(container_credentials(it.context, it.config));
}

TEST(Container, IsAskedAtItsRelativeUriFirst) {
    source_rig it;
    it.set(relative, "/v2/credentials?id=1");
    it.set(full, "https://elsewhere.example/");
    it.answer(replied(200, machine_keys));
    EXPECT_EQ(key_or_error(ask(it)), "ASIAMACHINE");
    EXPECT_EQ(it.net->asked[0].where.url(), "http://169.254.170.2");
    EXPECT_EQ(it.net->asked[0].target, "/v2/credentials?id=1");
    EXPECT_EQ(header_of(it.net->asked[0], "accept"), "application/json");
    EXPECT_EQ(it.net->rules_seen[0].through, net::transport::way::direct);
    EXPECT_EQ(it.net->rules_seen[0].limits.open.connect, 2s);
    EXPECT_EQ(it.net->rules_seen[0].limits.answer, 5s);
}

TEST(Container, WithoutAUriIsNotConfigured) {
    source_rig it;
    const auto found = ask(it);
    ASSERT_FALSE(found);
    EXPECT_TRUE(is_not_configured(found.error()));
    EXPECT_TRUE(it.net->asked.empty());
}

TEST(Container, MayBeAskedInClearOnlyAtHomeOrAtEcsAndEks) {
    struct {
        const char* url;
        bool allowed;
    } const cases[] = {{"http://127.0.0.1/a", true},
                       {"http://127.9.9.9:8080/a", true},
                       {"http://[::1]/a", true},
                       {"http://169.254.170.2/a", true},
                       {"http://169.254.170.23/v1/credentials", true},
                       {"http://[fd00:ec2::23]/v1/credentials", true},
                       {"https://keys.example/a", true},
                       {"http://169.254.169.254/a", false},
                       {"http://10.0.0.1/a", false},
                       {"http://keys.example/a", false},
                       {"ftp://127.0.0.1/a", false},
                       {"http:///a", false},
                       {"not a url", false}};
    for (const auto& [url, allowed] : cases) {
        source_rig it;
        it.set(full, url);
        it.answer(replied(200, machine_keys));
        const auto found = ask(it);
        EXPECT_EQ(found.has_value(), allowed) << url;
        EXPECT_EQ(it.net->asked.size(), allowed ? 1u : 0u) << url;
        EXPECT_FALSE(!found && is_not_configured(found.error())) << url;
    }
}

TEST(Container, WithANameNeedsEachOfItsAddressesToBeSafe) {
    const auto loopback = boost::asio::ip::make_address("127.0.0.1");
    const auto foreign = boost::asio::ip::make_address("192.0.2.1");
    source_rig safe;
    safe.set(full, "http://localhost:1234/keys");
    safe.net->addresses = {loopback};
    safe.answer(replied(200, machine_keys));
    EXPECT_EQ(key_or_error(ask(safe)), "ASIAMACHINE");
    source_rig mixed;
    mixed.set(full, "http://localhost:1234/keys");
    mixed.net->addresses = {loopback, foreign};
    EXPECT_THAT(key_or_error(ask(mixed)), HasSubstr("clear text"));
    EXPECT_TRUE(mixed.net->asked.empty());
}

TEST(Container, IsShownTheTokenByteForByteAndTheFilesFirst) {
    source_rig it;
    it.set(relative, "/a");
    it.set(token, "from-the-variable");
    it.set(token_file, "/token");
    it.write("/token", "Basic  x ");
    it.answer(replied(200, machine_keys));
    EXPECT_EQ(key_or_error(ask(it)), "ASIAMACHINE");
    EXPECT_EQ(header_of(it.net->asked[0], "authorization"), "Basic  x ");

    it.write("/token", "rotated"); // read anew for each load
    it.answer(replied(200, machine_keys));
    EXPECT_EQ(key_or_error(ask(it)), "ASIAMACHINE");
    EXPECT_EQ(header_of(it.net->asked[1], "authorization"), "rotated");
}

TEST(Container, IsNotAskedWithATokenThatNoHeaderMayHave) {
    source_rig it;
    it.set(relative, "/a");
    it.set(token, "hunter2\r\nX: y");
    const auto found = ask(it);
    EXPECT_THAT(key_or_error(found), HasSubstr(token));
    EXPECT_THAT(key_or_error(found), Not(HasSubstr("hunter2")));
    source_rig newline;
    newline.set(relative, "/a");
    newline.set(token_file, "/token");
    newline.write("/token", "hunter2\n"); // is not trimmed: whoever wrote it means every byte
    EXPECT_THAT(key_or_error(ask(newline)), HasSubstr(token_file));
    source_rig missing;
    missing.set(relative, "/a");
    missing.set(token_file, "/no-such-token");
    EXPECT_FALSE(is_not_configured(ask(missing).error()));
}

TEST(Container, IsAskedThreeTimesWhenItFailsOrAnswersGarbage) {
    source_rig it;
    it.set(relative, "/a");
    it.answer(replied(500));
    it.answer(replied(200, "{\"AccessKeyId\":"));
    it.answer(replied(200, machine_keys));
    EXPECT_EQ(key_or_error(ask(it)), "ASIAMACHINE");
    EXPECT_EQ(it.pauses.size(), 2u);
    source_rig dead;
    dead.set(relative, "/a");
    for (int i = 0; i < 9; ++i)
        dead.answer(unanswered(client_errc::read_timeout));
    EXPECT_FALSE(is_not_configured(ask(dead).error()));
    EXPECT_EQ(dead.net->asked.size(), 3u);
}

TEST(Container, ThatRefusesIsAFailureAndNotAskedAgain) {
    source_rig it;
    it.set(relative, "/a");
    it.answer(replied(403, R"({"Code":"AccessDenied","Message":"no role"})"));
    EXPECT_THAT(key_or_error(ask(it)), HasSubstr("AccessDenied: no role"));
    EXPECT_EQ(it.net->asked.size(), 1u);
}

TEST(Container, ThatRefusesWithoutACodeIsToldByItsStatus) {
    for (const char* body : {"", "<html>no</html>", machine_keys}) {
        source_rig it;
        it.set(relative, "/a");
        it.answer(replied(403, body));
        EXPECT_THAT(key_or_error(ask(it)), HasSubstr("answered 403")) << body;
        EXPECT_EQ(it.net->asked.size(), 1u);
    }
}

TEST(Container, IsQuotedWithoutTheTokenThatItWasShown) {
    source_rig it;
    it.set(relative, "/a");
    it.set(token, "hunter2");
    it.answer(replied(401, R"({"Code":"Denied","Message":"who is hunter2?"})"));
    EXPECT_THAT(key_or_error(ask(it)), HasSubstr("Denied: who is ..."));
    EXPECT_THAT(key_or_error(ask(it)), Not(HasSubstr("hunter2")));
}

} // namespace
} // namespace redrive::auth
