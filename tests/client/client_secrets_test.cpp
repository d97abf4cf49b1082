#include <boost/asio/error.hpp>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "client_rig.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;
using test::http_reply;
using test::peer_security;

// One way to fail. What a service repeats of the request is for tests/credentials/secrets_test.py.
struct failing_case {
    std::string name;
    peer_security security = peer_security::plain;
    std::function<void(client_rig&)> prepare;
};

std::ostream& operator<<(std::ostream& out, const failing_case& it) {
    return out << it.name;
}

std::vector<failing_case> failing_cases() {
    const auto plain = peer_security::plain;
    const auto answer = [](std::string reply) {
        return [reply](client_rig& it) {
            it.peer.afterwards().serve([reply](const test::seen_request&) { return reply; });
        };
    };
    return {
        {"Refused", plain, [](client_rig& it) { it.peer.stop_listening(); }},
        {"NoName", plain, [](client_rig& it) { it.config.endpoint_url = "http://no.hangs.test"; }},
        {"Reset", plain, [](client_rig& it) { it.peer.afterwards().expect(1).reset(); }},
        {"HalfAReply",
         plain,
         [](client_rig& it) {
             it.peer.afterwards().expect(1).reply("HTTP/1.1 200 OK\r\nContent-Le").close();
         }},
        {"Silent", plain, [](client_rig& it) { it.peer.afterwards().expect_end(); }},
        {"NotHttp", plain, answer("what?\r\n\r\n")},
        {"NotJson", plain, answer(http_reply("{"))},
        {"TooLarge", plain, answer("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")},
        {"Denied", plain, answer(failed("AccessDeniedException", "403 Forbidden"))},
        {"WrongSecret", plain, answer(failed("InvalidSignatureException", "403 Forbidden"))},
        {"Expired", plain, answer(failed("ExpiredTokenException", "403 Forbidden"))},
        {"Throttled", plain, answer(failed("ThrottlingException"))},
        {"Broken", plain, answer(http_reply("<html>", "503 Service Unavailable"))},
        {"Untrusted",
         peer_security::tls,
         [](client_rig& it) {
             it.config.ca_bundle = test::file_with(test::make_certificates("DNS:x").ca);
         }},
        {"NoBundle", peer_security::tls, [](client_rig& it) { it.config.ca_bundle = "/none"; }},
        {"NoTls",
         peer_security::tls,
         [](client_rig& it) {
             it.peer.afterwards().before_handshake().reply("HTTP/1.1 400 Bad\r\n\r\n").close();
         }},
        {"BadEndpoint", plain, [](client_rig& it) { it.config.endpoint_url = "http://a:b"; }},
        {"NoRegion", plain, [](client_rig& it) { it.config.region.clear(); }},
    };
}

// Everything that a user of the library can print about a call.
std::string text_of(const error_code& ec, const diagnostics& info) {
    auto text = ec.message() + '\n' + ec.to_string() + '\n' + ec.what() + '\n' + info.code + '\n' +
                info.type_code + '\n' + info.message + '\n' + info.request_id + '\n' +
                info.address + '\n' + std::string{to_string(info.phase)};
    for (const auto& one : info.earlier)
        text += '\n' + one.ec.message() + '\n' + one.code + '\n' + one.request_id;
    return text;
}

std::vector<std::string> signatures_of(const client_rig& it) {
    std::vector<std::string> found;
    constexpr std::string_view mark = "Signature=";
    for (const auto& seen : it.peer.requests()) {
        const auto header = seen.header("Authorization");
        found.push_back(header.substr(header.find(mark) + mark.size()));
    }
    return found;
}

class FailingCall : public ::testing::TestWithParam<failing_case> {};

TEST_P(FailingCall, NeverTellsASecretATokenOrASignature) {
    client_rig it{GetParam().security};
    GetParam().prepare(it);
    it.world.settle();
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    auto& cancel = it.cancel(1);
    auto& start = it.start();
    const bool ended = it.run_until_done();
    const auto text = ::testing::internal::GetCapturedStdout() +
                      ::testing::internal::GetCapturedStderr() +
                      text_of(cancel.ec, cancel.result.info) + text_of(start.ec, start.result.info);
    ASSERT_TRUE(ended);
    EXPECT_TRUE(cancel.ec);
    EXPECT_TRUE(start.ec);
    EXPECT_EQ(text.find(some_secret), std::string::npos);
    EXPECT_EQ(text.find(some_token), std::string::npos);
    EXPECT_EQ(text.find("Authorization"), std::string::npos);
    for (const auto& signature : signatures_of(it)) {
        ASSERT_EQ(signature.size(), 64u);
        EXPECT_EQ(text.find(signature), std::string::npos);
    }
}

INSTANTIATE_TEST_SUITE_P(InEachWay,
                         FailingCall,
                         ::testing::ValuesIn(failing_cases()),
                         [](const auto& each) { return each.param.name; });

} // namespace
} // namespace redrive
