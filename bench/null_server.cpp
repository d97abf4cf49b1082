// A TLS server that answers every request with the same bytes but for one running number, so that a
// client is all that a benchmark measures.
//   bench_null_server --ca FILE [--port N]
// Writes its CA to FILE and one JSON line to stdout when it listens; ends when its stdin closes,
// and says what it did and what that cost. The number counts the requests of one connection from
// 1000000 on: whoever sends in order can match each answer to its request.
#include <CLI/CLI.hpp>

#include <array>
#include <atomic>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>

#include "sim/certificates.hpp"
#include "support/resources.hpp"
#include "support/tls_peer.hpp"

namespace {

using namespace redrive::bench;

struct totals {
    std::atomic<std::uint64_t> connections = 0, resumed = 0, requests = 0, request_bytes = 0;
};

constexpr std::uint32_t first_number = 1'000'000;

std::string reply_now() {
    std::array<char, 40> date;
    const auto now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    const auto length =
        std::strftime(date.data(), date.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    std::string out = "HTTP/1.1 200 OK\r\n"
                      "x-amzn-RequestId: 4a1b8c2d-1a2b-5e6f-9c0d-0123456789ab\r\nDate: ";
    out.append(date.data(), length);
    return out + "\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 44\r\n"
                 "connection: keep-alive\r\n\r\n"
                 "{\"ApproximateNumberOfMessagesMoved\":1000000}";
}

// Finds the ends of requests in a stream that comes in pieces.
class request_counter {
  public:
    // How many requests have ended with these bytes.
    std::size_t feed(std::string_view bytes) {
        waiting_.append(bytes);
        std::size_t ended = 0;
        std::string_view rest{waiting_};
        while (const auto length = first_request(rest)) {
            rest.remove_prefix(length);
            ++ended;
        }
        waiting_.erase(0, waiting_.size() - rest.size());
        return ended;
    }

  private:
    // Its length, or 0 while it has not come completely.
    static std::size_t first_request(std::string_view bytes) {
        constexpr std::string_view field = "Content-Length: ";
        const auto head = bytes.find("\r\n\r\n");
        if (head == std::string_view::npos) return 0;
        std::size_t body = 0;
        const auto at = bytes.substr(0, head).find(field);
        if (at != std::string_view::npos)
            std::from_chars(bytes.data() + at + field.size(), bytes.data() + head, body);
        return bytes.size() < head + 4 + body ? 0 : head + 4 + body;
    }

    std::string waiting_;
};

bool write_all(SSL* ssl, std::string_view bytes) {
    while (!bytes.empty()) {
        const int n = SSL_write(ssl, bytes.data(), static_cast<int>(bytes.size()));
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

void append_replies(std::string& out,
                    const std::string& reply,
                    std::size_t count,
                    std::uint32_t& number) {
    for (std::size_t i = 0; i < count; ++i) {
        out += reply;
        std::to_chars(&out[out.size() - 8], &out[out.size() - 1], number);
        number = number == 9'999'999 ? first_number : number + 1;
    }
}

void serve(descriptor socket, SSL_CTX* context, totals& all) {
    const ssl_ptr ssl{SSL_new(context)};
    SSL_set_fd(ssl.get(), socket.get());
    if (SSL_accept(ssl.get()) != 1) return;
    ++all.connections;
    if (SSL_session_reused(ssl.get())) ++all.resumed;
    std::array<char, 64 * 1024> in;
    request_counter counter;
    std::string out, reply = reply_now();
    auto reply_time = std::time(nullptr);
    std::uint32_t number = first_number;
    int n = 0;
    while ((n = SSL_read(ssl.get(), in.data(), in.size())) > 0) {
        if (std::time(nullptr) != reply_time) {
            reply = reply_now();
            reply_time = std::time(nullptr);
        }
        const auto requests = counter.feed({in.data(), static_cast<std::size_t>(n)});
        all.requests += requests;
        all.request_bytes += static_cast<std::size_t>(n);
        append_replies(out, reply, requests, number);
        // What has arrived is read before anything is written: a record a reply would be slow.
        if (out.size() < 64 * 1024 && SSL_has_pending(ssl.get())) continue;
        if (!write_all(ssl.get(), out)) return;
        out.clear();
    }
    SSL_shutdown(ssl.get());
}

descriptor listen_on(std::uint16_t port) {
    descriptor listener{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const int on = 1;
    setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const auto address = loopback(port);
    require(bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
                    0 &&
                listen(listener.get(), 128) == 0,
            "listening on 127.0.0.1");
    return listener;
}

std::uint16_t port_of(const descriptor& listener) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

context_ptr context_with(const redrive::sim::certificate_set& identity) {
    context_ptr context{SSL_CTX_new(TLS_server_method())};
    const std::unique_ptr<BIO, decltype(&BIO_free)> chain{
        BIO_new_mem_buf(identity.chain.data(), static_cast<int>(identity.chain.size())), BIO_free};
    const std::unique_ptr<BIO, decltype(&BIO_free)> key{
        BIO_new_mem_buf(identity.key.data(), static_cast<int>(identity.key.size())), BIO_free};
    const std::unique_ptr<X509, decltype(&X509_free)> leaf{
        PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr), X509_free};
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> secret{
        PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
    require(SSL_CTX_use_certificate(context.get(), leaf.get()) == 1 &&
                SSL_CTX_use_PrivateKey(context.get(), secret.get()) == 1,
            "using the certificate");
    return context;
}

} // namespace

int main(int argc, char** argv) try {
    CLI::App app{"Answers every request with the same bytes over TLS"};
    std::string ca_file;
    std::uint16_t port = 0;
    app.add_option("--ca", ca_file, "Where to write the CA's certificate")->required();
    app.add_option("--port", port, "Where to listen on 127.0.0.1; 0 for a free one");
    CLI11_PARSE(app, argc, argv);

    const auto identity = redrive::sim::make_certificates(
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
    std::ofstream{ca_file} << identity.ca;
    const auto context = context_with(identity);
    const auto listener = listen_on(port);
    static totals all;
    std::thread{[&] {
        for (;;) {
            descriptor accepted{accept(listener.get(), nullptr, nullptr)};
            if (accepted.get() < 0) continue;
            send_at_once(accepted.get());
            std::thread{serve, std::move(accepted), context.get(), std::ref(all)}.detach();
        }
    }}.detach();
    std::printf("{\"url\":\"https://127.0.0.1:%u\",\"pid\":%d}\n", port_of(listener), getpid());
    std::fflush(stdout);
    while (std::cin.get() != std::istream::traits_type::eof()) {
    }
    const auto used = resources::now();
    std::printf("{\"connections\":%lu,\"resumed\":%lu,\"requests\":%lu,\"request_bytes\":%lu,"
                "\"cpu_seconds\":%.3f}\n",
                all.connections.load(),
                all.resumed.load(),
                all.requests.load(),
                all.request_bytes.load(),
                used.cpu_seconds);
    std::fflush(stdout);
    std::_Exit(0); // its threads still wait for requests
} catch (const std::exception& why) {
    std::cerr << "bench_null_server: " << why.what() << '\n';
    return 1;
}
