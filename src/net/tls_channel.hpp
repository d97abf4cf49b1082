#pragma once

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <string>
#include <vector>

#include "net/byte_channel.hpp"

namespace redrive::net {

// TLS over another channel, client side. OpenSSL reads and writes memory of ours: what has arrived
// is decrypted without a system call for each record, and a whole window of requests leaves in one
// write, however many records it takes.
class tls_channel final : public byte_channel {
  public:
    tls_channel(byte_channel& below, asio::ssl::context& context);
    ~tls_channel() override;

    // For what is set before the handshake and asked after it.
    [[nodiscard]] SSL* native_handle() const noexcept { return ssl_; }

    // The error is of OpenSSL's category when TLS itself failed, else of what is below.
    [[nodiscard]] asio::awaitable<error_code> handshake();

    asio::awaitable<io_result> read_some(std::span<char> into) override;
    asio::awaitable<io_result> write_some(std::string_view bytes) override;

    // What ends the stream in an orderly way, after the handshake; nothing in mid-write.
    [[nodiscard]] std::string_view farewell();

  private:
    // Both sides' encrypted bytes, as OpenSSL's BIO sees them.
    struct wire_bytes {
        std::vector<char> in;
        std::size_t in_begin = 0, in_end = 0;
        std::string out; // not handed to the channel below yet
    };

    friend struct memory_bio;

    [[nodiscard]] error_code failure_of(int result) const;
    [[nodiscard]] asio::awaitable<error_code> fill();
    [[nodiscard]] asio::awaitable<error_code> flush();

    byte_channel& below_;
    wire_bytes wire_;
    std::string leaving_; // empty unless a write below is under way
    SSL* ssl_;
};

} // namespace redrive::net
