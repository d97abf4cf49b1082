#include "sim/server.hpp"

#include <stdexcept>
#include <thread>

#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "signed_request.hpp"

namespace redrive::sim {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

wall_time wall_now() {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

enum class transport : std::uint8_t { plain, tls };

// A server on a free loopback port with a thread of its own.
class live_server {
  public:
    explicit live_server(transport kind, std::vector<std::string> faults = {})
        : identity_{make_certificates(wall_now())}, world_{settings_with(std::move(faults)),
                                                           wall_now()},
          server_{context_,
                  world_,
                  "127.0.0.1:0",
                  kind == transport::tls ? std::optional{identity_} : std::nullopt} {
        server_.start();
        thread_ = std::thread{[this] { context_.run(); }};
    }
    ~live_server() {
        context_.stop();
        thread_.join();
    }

    [[nodiscard]] std::string port() const {
        return server_.url().substr(server_.url().rfind(':') + 1);
    }
    [[nodiscard]] const std::string& ca() const { return identity_.ca; }
    [[nodiscard]] const std::string& url() const { return server_.url(); }

  private:
    static simulation_settings settings_with(std::vector<std::string> faults) {
        simulation_settings settings;
        for (const auto& fault : faults)
            settings.faults.push_back(parse_fault(fault));
        return settings;
    }

    certificate_set identity_;
    simulation world_;
    asio::io_context context_{1};
    server server_;
    std::thread thread_;
};

// Sends bytes and reads replies; blocking.
class peer {
  public:
    explicit peer(const live_server& server) : socket_{context_} {
        asio::connect(socket_, tcp::resolver{context_}.resolve("127.0.0.1", server.port()));
    }

    void send(const std::string& bytes) { asio::write(socket_, asio::buffer(bytes)); }

    // Statuses of the next `count` replies; 0 for one that the end of the connection cut off.
    std::vector<unsigned> statuses(std::size_t count) {
        std::vector<unsigned> read;
        wire::reply_parser parser;
        char bytes[4096];
        std::string rest;
        while (read.size() < count) {
            boost::system::error_code ec;
            if (rest.empty()) rest.assign(bytes, socket_.read_some(asio::buffer(bytes), ec));
            if (ec) {
                read.push_back(0);
                last_error_ = ec;
                break;
            }
            rest.erase(0, parser.feed(rest));
            if (!parser.done()) continue;
            read.push_back(parser.reply().status);
            last_body_ = parser.reply().body;
            parser.next();
        }
        return read;
    }
    [[nodiscard]] const std::string& last_body() const { return last_body_; }
    [[nodiscard]] boost::system::error_code last_error() const { return last_error_; }

  private:
    asio::io_context context_;
    tcp::socket socket_;
    std::string last_body_;
    boost::system::error_code last_error_;
};

std::string state_of(const live_server& server) {
    peer asking{server};
    asking.send("GET /_sim/state HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(asking.statuses(1), std::vector{200u});
    return asking.last_body();
}

std::string requests(int count) {
    std::string bytes;
    for (int i = 0; i < count; ++i)
        bytes += sqs_request("ListQueues");
    return bytes;
}

using statuses = std::vector<unsigned>;

TEST(Server, AnswersPipelinedRequestsInOrder) {
    const live_server server{transport::plain};
    peer client{server};
    client.send(sqs_request("ListQueues") + sqs_request("GetQueueUrl", R"({"QueueName":"q"})") +
                sqs_request("CreateQueue", R"({"QueueName":"q"})") +
                sqs_request("GetQueueUrl", R"({"QueueName":"q"})"));
    EXPECT_EQ(client.statuses(4), (statuses{200, 400, 200, 200}));
    EXPECT_EQ(client.last_body(), R"({"QueueUrl":")" + server.url() + R"(/100000000001/q"})");
    EXPECT_THAT(state_of(server), HasSubstr(R"("deepest_pipeline":4)"));
}

TEST(Server, AnswersARequestThatComesInPieces) {
    const live_server server{transport::plain};
    peer client{server};
    const auto bytes = sqs_request("ListQueues");
    for (std::size_t at = 0; at < bytes.size(); at += 50)
        client.send(bytes.substr(at, 50));
    EXPECT_EQ(client.statuses(1), statuses{200});
}

TEST(Server, RefusesWhatIsNotHttp) {
    const live_server server{transport::plain};
    peer client{server};
    client.send("\x16\x03\x01 hello\r\n\r\n");
    EXPECT_EQ(client.statuses(2), (statuses{400, 0}));
}

TEST(Server, ClosesBeforeTheReply) {
    const live_server server{transport::plain, {"nth=2,do=close"}};
    peer client{server};
    client.send(requests(3));
    EXPECT_EQ(client.statuses(3), (statuses{200, 0}));
}

TEST(Server, ResetsTheConnection) {
    const live_server server{transport::plain, {"nth=2,do=reset"}};
    peer client{server};
    client.send(requests(1));
    EXPECT_EQ(client.statuses(1), statuses{200});
    client.send(requests(1));
    EXPECT_EQ(client.statuses(1), statuses{0});
    EXPECT_EQ(client.last_error(), asio::error::connection_reset);
}

TEST(Server, EndsInTheMiddleOfABody) {
    const live_server server{transport::plain, {"do=half"}};
    peer client{server};
    client.send(requests(1));
    EXPECT_EQ(client.statuses(1), statuses{0});
    EXPECT_EQ(client.last_error(), asio::error::eof);
}

TEST(Server, DropsAPipelineButNotASingleRequest) {
    const live_server server{transport::plain, {"do=drop-pipeline"}};
    peer client{server};
    client.send(requests(1));
    EXPECT_EQ(client.statuses(1), statuses{200});
    client.send(requests(5));
    EXPECT_EQ(client.statuses(5), (statuses{200, 0}));
}

TEST(Server, NeverAnswersWhatWaitsBehindWhenItKnowsNoPipelining) {
    const live_server server{transport::plain, {"do=no-pipelining"}};
    peer client{server};
    client.send(requests(3));
    EXPECT_EQ(client.statuses(1), statuses{200});
    client.send(sqs_request("GetQueueUrl", R"({"QueueName":"q"})"));
    EXPECT_EQ(client.statuses(1), statuses{400});
}

TEST(Server, DripsAndDelaysWholeReplies) {
    const live_server server{transport::plain, {"nth=1,do=drip:0", "nth=2,do=delay:30"}};
    peer client{server};
    client.send(requests(3));
    EXPECT_EQ(client.statuses(3), (statuses{200, 200, 200}));
}

TEST(Server, ClosesAnIdleConnectionSilently) {
    const live_server server{transport::plain, {"do=stale:10"}};
    peer client{server};
    client.send(requests(1));
    EXPECT_EQ(client.statuses(2), (statuses{200, 0}));
}

TEST(Server, EndsAfterTheAnnouncedReply) {
    const live_server server{transport::plain, {"do=close-after:2"}};
    peer client{server};
    client.send(requests(4));
    EXPECT_EQ(client.statuses(4), (statuses{200, 200, 0}));
}

TEST(Server, AnswersALongPollAsSoonAsAMessageComes) {
    const live_server server{transport::plain};
    peer setting{server}, polling{server};
    setting.send(sqs_request("CreateQueue", R"({"QueueName":"q"})"));
    EXPECT_EQ(setting.statuses(1), statuses{200});
    const auto url = R"({"QueueUrl":")" + server.url() + R"(/100000000001/q",)";
    polling.send(sqs_request("ReceiveMessage", url + R"("WaitTimeSeconds":20})"));
    setting.send(sqs_request("SendMessage", url + R"("MessageBody":"here"})"));
    EXPECT_EQ(polling.statuses(1), statuses{200});
    EXPECT_THAT(polling.last_body(), HasSubstr(R"("Body":"here")"));
}

TEST(Server, RefusesToListenWhereNobodyCan) {
    simulation world{{}, wall_now()};
    asio::io_context context;
    for (const auto* listen :
         {"", "localhost", ":80", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536"})
        EXPECT_THROW((server{context, world, listen, std::nullopt}), std::invalid_argument)
            << listen;
    const server first{context, world, "127.0.0.1:0", std::nullopt};
    EXPECT_THROW((server{context, world, first.url().substr(7), std::nullopt}),
                 boost::system::system_error);
}

TEST(Server, ShowsAUrlThatCanBeDialled) {
    simulation world{{}, wall_now()};
    asio::io_context context;
    EXPECT_THAT((server{context, world, "0.0.0.0:0", std::nullopt}.url()),
                ::testing::StartsWith("http://127.0.0.1:"));
    EXPECT_THAT((server{context, world, "localhost:0", std::nullopt}.url()),
                ::testing::StartsWith("http://localhost:"));
}

// A TLS client that trusts the server's CA and asks for a host.
class tls_peer {
  public:
    tls_peer(const live_server& server, const std::string& host) {
        tls_.add_certificate_authority(asio::buffer(server.ca()));
        stream_.emplace(context_, tls_);
        stream_->set_verify_mode(asio::ssl::verify_peer);
        stream_->set_verify_callback(asio::ssl::host_name_verification{host});
        asio::connect(stream_->next_layer(),
                      tcp::resolver{context_}.resolve("127.0.0.1", server.port()));
    }

    boost::system::error_code shake_hands() {
        static constexpr unsigned char offered[] = "\x02h2\x08http/1.1";
        SSL_set_alpn_protos(stream_->native_handle(), offered, sizeof offered - 1);
        boost::system::error_code ec;
        stream_->handshake(asio::ssl::stream_base::client, ec);
        return ec;
    }
    [[nodiscard]] std::string protocol() {
        const unsigned char* name = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(stream_->native_handle(), &name, &size);
        return {reinterpret_cast<const char*>(name), size};
    }
    std::string exchange(const std::string& bytes) {
        asio::write(*stream_, asio::buffer(bytes));
        wire::reply_parser parser;
        char read[4096];
        while (!parser.done())
            parser.feed({read, stream_->read_some(asio::buffer(read))});
        return std::to_string(parser.reply().status) + " " + parser.reply().body;
    }

  private:
    asio::io_context context_;
    asio::ssl::context tls_{asio::ssl::context::tls_client};
    std::optional<asio::ssl::stream<tcp::socket>> stream_;
};

TEST(Server, ShowsACertificateForEachOfItsNames) {
    const live_server server{transport::tls};
    for (const auto* host : {"localhost", "127.0.0.1", "::1"}) {
        tls_peer client{server, host};
        EXPECT_FALSE(client.shake_hands()) << host;
        EXPECT_EQ(client.protocol(), "http/1.1");
        EXPECT_EQ(client.exchange(sqs_request("ListQueues")), "200 {}");
    }
    tls_peer stranger{server, "example.com"};
    EXPECT_TRUE(stranger.shake_hands());
    const live_server other{transport::tls};
    EXPECT_NE(server.ca(), other.ca());
}

TEST(Server, FailsAHandshakeWhenAFaultSaysSo) {
    const live_server server{transport::tls, {"nth=1,do=tls-fail"}};
    tls_peer first{server, "localhost"}, second{server, "localhost"};
    EXPECT_TRUE(first.shake_hands());
    EXPECT_FALSE(second.shake_hands());
}

} // namespace
} // namespace redrive::sim
