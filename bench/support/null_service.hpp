#pragma once

#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "sim/certificates.hpp"
#include "support/resources.hpp"
#include "support/tls_peer.hpp"

namespace redrive::bench {

// A TLS server that answers every request with the same bytes but for one running number. The
// number counts the requests of one connection from 1000000 on: whoever sends in order can match
// each answer to its request.
struct null_totals {
    std::atomic<std::uint64_t> connections = 0, resumed = 0, requests = 0, request_bytes = 0;
    std::atomic<double> first_byte = 0; // of a request, as resources::wall_seconds; 0: none yet
};

inline constexpr std::uint32_t first_number = 1'000'000;

inline std::string reply_now() {
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

inline bool write_all(SSL* ssl, std::string_view bytes) {
    while (!bytes.empty()) {
        const int n = SSL_write(ssl, bytes.data(), static_cast<int>(bytes.size()));
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

inline void append_replies(std::string& out,
                           const std::string& reply,
                           std::size_t count,
                           std::uint32_t& number) {
    for (std::size_t i = 0; i < count; ++i) {
        out += reply;
        std::to_chars(&out[out.size() - 8], &out[out.size() - 1], number);
        number = number == 9'999'999 ? first_number : number + 1;
    }
}

inline void serve(descriptor socket, SSL_CTX* context, null_totals& all) {
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
        if (double none = 0; all.first_byte.load(std::memory_order_relaxed) == none)
            all.first_byte.compare_exchange_strong(none, resources::now().wall_seconds);
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

inline descriptor listen_on(std::uint16_t port) {
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

inline std::uint16_t port_of(const descriptor& listener) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

inline context_ptr context_with(const sim::certificate_set& identity) {
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

// Listens on 127.0.0.1 from its construction on; its threads end with the process.
class null_service {
  public:
    null_service(std::uint16_t port, const std::string& ca_file) : listener_{listen_on(port)} {
        const auto identity = sim::make_certificates(
            std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
        std::ofstream{ca_file} << identity.ca;
        context_ = context_with(identity);
        std::signal(SIGPIPE, SIG_IGN); // clients leave in the middle of a handshake
        std::thread{[this] { accept_all(); }}.detach();
    }
    null_service(const null_service&) = delete;
    null_service& operator=(const null_service&) = delete;

    [[nodiscard]] std::string url() const {
        return "https://127.0.0.1:" + std::to_string(port_of(listener_));
    }
    [[nodiscard]] null_totals& all() noexcept { return all_; }

  private:
    [[noreturn]] void accept_all() {
        for (;;) {
            descriptor accepted{accept(listener_.get(), nullptr, nullptr)};
            if (accepted.get() < 0) continue;
            send_at_once(accepted.get());
            std::thread{serve, std::move(accepted), context_.get(), std::ref(all_)}.detach();
        }
    }

    descriptor listener_;
    context_ptr context_;
    null_totals all_;
};

} // namespace redrive::bench
