// The floor: what one blocking TLS connection costs that signs and pipelines the same bytes as
// redrive, with OpenSSL alone and none of the safety: no retry, no deadline, no second connection,
// no checks beyond the answers' running number.
//   bench_floor --url https://127.0.0.1:PORT --ca FILE --count N --depth N
#include <CLI/CLI.hpp>

#include <openssl/sha.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>
#include <string_view>

#include "support/numbered_handle.hpp"
#include "support/resources.hpp"
#include "support/tls_peer.hpp"

// The one-block functions are old but not slow: EVP costs several times a short digest.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace {

using namespace redrive::bench;
using digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

digest sha256(std::string_view bytes) {
    digest out;
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, bytes.data(), bytes.size());
    SHA256_Final(out.data(), &context);
    return out;
}

// HMAC with a key whose two first blocks are hashed once.
class hmac_key {
  public:
    explicit hmac_key(std::string_view key) {
        std::array<unsigned char, SHA256_CBLOCK> block{};
        std::memcpy(block.data(), key.data(), key.size());
        for (auto& byte : block)
            byte ^= 0x36;
        SHA256_Init(&inner_);
        SHA256_Update(&inner_, block.data(), block.size());
        for (auto& byte : block)
            byte ^= 0x36 ^ 0x5c;
        SHA256_Init(&outer_);
        SHA256_Update(&outer_, block.data(), block.size());
    }
    [[nodiscard]] digest sign(std::string_view bytes) const {
        digest out;
        auto inner = inner_;
        SHA256_Update(&inner, bytes.data(), bytes.size());
        SHA256_Final(out.data(), &inner);
        auto outer = outer_;
        SHA256_Update(&outer, out.data(), out.size());
        SHA256_Final(out.data(), &outer);
        return out;
    }

  private:
    SHA256_CTX inner_, outer_;
};

std::string_view as_text(const digest& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void put_hex(char* to, const digest& bytes) {
    for (const auto byte : bytes) {
        *to++ = "0123456789abcdef"[byte >> 4];
        *to++ = "0123456789abcdef"[byte & 15];
    }
}

// One request with holes for what changes from one to the next.
class request_template {
  public:
    request_template(std::string_view authority, std::string_view date, std::string_view handle)
        : key_{signing_key(date.substr(0, 8))} {
        body_ = R"({"TaskHandle":")";
        handle_in_body_ = body_.size();
        body_.append(handle).append("\"}");
        const auto length = std::to_string(body_.size());
        const std::string scope = std::string{date.substr(0, 8)} + "/us-east-1/sqs/aws4_request";
        canonical_ = "POST\n/\n\ncontent-length:" + length +
                     "\ncontent-type:application/x-amz-json-1.0\nhost:" + std::string{authority} +
                     "\nx-amz-date:" + std::string{date} +
                     "\nx-amz-target:AmazonSQS.CancelMessageMoveTask\nx-amzn-query-mode:true\n\n" +
                     signed_headers + "\n" + std::string(64, '0');
        to_sign_ =
            "AWS4-HMAC-SHA256\n" + std::string{date} + "\n" + scope + "\n" + std::string(64, '0');
        request_ = "POST / HTTP/1.1\r\nHost: " + std::string{authority} +
                   "\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: " + length +
                   "\r\nX-Amz-Target: AmazonSQS.CancelMessageMoveTask\r\n"
                   "x-amzn-query-mode: true\r\nX-Amz-Date: " +
                   std::string{date} +
                   "\r\namz-sdk-invocation-id: 01234567-89ab-4cde-8f01-23456789abcd"
                   "\r\namz-sdk-request: attempt=1; max=1\r\nUser-Agent: " +
                   std::string{user_agent} +
                   "\r\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/" + scope +
                   ", SignedHeaders=" + signed_headers + ", Signature=";
        signature_ = request_.size();
        request_ += std::string(64, '0') + "\r\n\r\n";
        handle_ = request_.size() + handle_in_body_;
        request_ += body_;
    }

    void append(std::string& out, std::string_view handle) {
        std::memcpy(&body_[handle_in_body_], handle.data(), handle.size());
        put_hex(&canonical_[canonical_.size() - 64], sha256(body_));
        put_hex(&to_sign_[to_sign_.size() - 64], sha256(canonical_));
        put_hex(&request_[signature_], key_.sign(to_sign_));
        std::memcpy(&request_[handle_], handle.data(), handle.size());
        out += request_;
    }

  private:
    static constexpr const char* signed_headers =
        "content-length;content-type;host;x-amz-date;x-amz-target;x-amzn-query-mode";
    // As long as redrive's own.
    static constexpr std::string_view user_agent =
        "redrive/0.1.0 ua/2.1 api/sqs#2012-11-05 os/linux md/arch#x86_64 lang/c++#20 m/E";

    static hmac_key signing_key(std::string_view day) {
        const auto dated = hmac_key{"AWS4wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}.sign(day);
        const auto regional = hmac_key{as_text(dated)}.sign("us-east-1");
        const auto scoped = hmac_key{as_text(regional)}.sign("sqs");
        return hmac_key{as_text(hmac_key{as_text(scoped)}.sign("aws4_request"))};
    }

    hmac_key key_;
    std::string body_, canonical_, to_sign_, request_;
    std::size_t handle_in_body_ = 0, signature_ = 0, handle_ = 0;
};

class blocking_client {
  public:
    blocking_client(std::uint16_t port, const std::string& ca)
        : socket_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)},
          context_{SSL_CTX_new(TLS_client_method())}, ssl_{nullptr} {
        const auto address = loopback(port);
        require(connect(socket_.get(),
                        reinterpret_cast<const sockaddr*>(&address),
                        sizeof address) == 0,
                "connecting");
        send_at_once(socket_.get());
        SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
        require(SSL_CTX_load_verify_locations(context_.get(), ca.c_str(), nullptr) == 1,
                "loading the CA");
        ssl_.reset(SSL_new(context_.get()));
        SSL_set_fd(ssl_.get(), socket_.get());
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), "127.0.0.1");
        require(SSL_connect(ssl_.get()) == 1, "the handshake");
    }
    void write(std::string_view bytes) {
        require(SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) ==
                    static_cast<int>(bytes.size()),
                "writing");
    }
    std::size_t read(char* into, std::size_t size) {
        const int n = SSL_read(ssl_.get(), into, static_cast<int>(size));
        require(n > 0, "reading");
        return static_cast<std::size_t>(n);
    }

  private:
    descriptor socket_;
    context_ptr context_;
    ssl_ptr ssl_;
};

// Takes whole replies off the front of `in`; each must be the answer that is due.
std::size_t take_replies(std::string& in, std::uint32_t& due) {
    constexpr std::string_view body_start = "\r\n\r\n{\"ApproximateNumberOfMessagesMoved\":";
    std::size_t count = 0, taken = 0;
    for (;;) {
        const auto at = std::string_view{in}.find(body_start, taken);
        if (at == std::string_view::npos || in.size() < at + body_start.size() + 8) break;
        require(std::string_view{in}.substr(taken, 12) == "HTTP/1.1 200", "the reply's status");
        std::uint32_t number = 0;
        std::from_chars(&in[at + body_start.size()], &in[at + body_start.size() + 7], number);
        require(number == due, "matching a reply to its request");
        due = due == 9'999'999 ? 1'000'000 : due + 1;
        taken = at + body_start.size() + 8;
        ++count;
    }
    in.erase(0, taken);
    return count;
}

std::string amz_date() {
    std::array<char, 17> text;
    const auto now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    return {text.data(), std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts)};
}

void run(std::uint16_t port, const std::string& ca, std::size_t count, std::size_t depth) {
    blocking_client client{port, ca};
    request_template request{"127.0.0.1:" + std::to_string(port), amz_date(), numbered_handle(0)};
    const auto handle_size = numbered_handle(0).size();
    std::string handles; // one after the other
    for (std::size_t i = 0; i < 1000; ++i)
        handles += numbered_handle(i);
    std::array<char, 64 * 1024> piece;
    std::string out, in;
    std::uint32_t due = 1'000'000;
    std::size_t sent = 0, answered = 0;
    const auto before = resources::now();
    while (answered < count) {
        out.clear();
        for (; sent < count && sent - answered < depth; ++sent)
            request.append(out, {&handles[sent % 1000 * handle_size], handle_size});
        if (!out.empty()) client.write(out);
        in.append(piece.data(), client.read(piece.data(), piece.size()));
        answered += take_replies(in, due);
    }
    const auto used = resources::now().since(before);
    std::printf("{\"bench\":\"floor\",\"depth\":%zu,\"cancels\":%zu,\"cpu_us\":%.3f,"
                "\"per_second\":%.0f,\"peak_kib\":%ld}\n",
                depth,
                count,
                used.cpu_seconds * 1e6 / static_cast<double>(count),
                static_cast<double>(count) / used.wall_seconds,
                used.peak_kib);
}

} // namespace

int main(int argc, char** argv) try {
    CLI::App app{"The least that a signed, pipelined cancel can cost"};
    std::string url, ca;
    std::size_t count = 100'000, depth = 64;
    app.add_option("--url", url, "Of bench_null_server")->required();
    app.add_option("--ca", ca, "Its CA")->required();
    app.add_option("--count", count, "Cancels")->check(CLI::PositiveNumber);
    app.add_option("--depth", depth, "Requests in flight")->check(CLI::PositiveNumber);
    CLI11_PARSE(app, argc, argv);
    const auto colon = url.rfind(':');
    run(static_cast<std::uint16_t>(std::stoul(url.substr(colon + 1))), ca, count, depth);
} catch (const std::exception& why) {
    std::cerr << "bench_floor: " << why.what() << '\n';
    return 1;
}
