#include "net/tls_channel.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "net/waiting.hpp"

namespace redrive::net {
namespace {

constexpr std::size_t read_ahead = 32 * 1024;
constexpr std::size_t longest_write = 128 * 1024; // of plain bytes in one go

} // namespace

// The BIO through which an SSL object reaches its channel's memory.
struct memory_bio {
    static tls_channel::wire_bytes& of(BIO* bio) noexcept {
        return *static_cast<tls_channel::wire_bytes*>(BIO_get_data(bio));
    }
    static int read(BIO* bio, char* into, int size) {
        auto& wire = of(bio);
        BIO_clear_retry_flags(bio);
        const auto n = std::min(static_cast<std::size_t>(size), wire.in_end - wire.in_begin);
        if (n == 0) {
            BIO_set_retry_read(bio);
            return -1;
        }
        std::memcpy(into, wire.in.data() + wire.in_begin, n);
        wire.in_begin += n;
        return static_cast<int>(n);
    }
    static int write(BIO* bio, const char* bytes, int size) {
        of(bio).out.append(bytes, static_cast<std::size_t>(size));
        return size;
    }
    static long control(BIO*, int command, long, void*) {
        return command == BIO_CTRL_FLUSH ? 1 : 0;
    }
    static BIO_METHOD* method() {
        static BIO_METHOD* const one = [] {
            auto* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "redrive");
            if (!made) throw std::bad_alloc{};
            BIO_meth_set_read(made, read);
            BIO_meth_set_write(made, write);
            BIO_meth_set_ctrl(made, control);
            return made;
        }();
        return one;
    }
};

tls_channel::tls_channel(byte_channel& below, asio::ssl::context& context)
    : below_{below}, ssl_{SSL_new(context.native_handle())} {
    BIO* bio = ssl_ ? BIO_new(memory_bio::method()) : nullptr;
    if (!bio) {
        SSL_free(ssl_);
        throw std::bad_alloc{};
    }
    BIO_set_data(bio, &wire_);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_, bio, bio);
    SSL_set_connect_state(ssl_);
    SSL_set_read_ahead(ssl_, 1);
    SSL_set_mode(ssl_, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    wire_.in.resize(read_ahead);
}

tls_channel::~tls_channel() {
    SSL_free(ssl_);
}

error_code tls_channel::failure_of(int result) const {
    switch (SSL_get_error(ssl_, result)) {
    case SSL_ERROR_ZERO_RETURN: return asio::error::eof;
    case SSL_ERROR_SSL: return {static_cast<int>(ERR_get_error()), asio::error::get_ssl_category()};
    default: return asio::ssl::error::unexpected_result;
    }
}

// More encrypted bytes from below. An end without close_notify is a truncation.
asio::awaitable<error_code> tls_channel::fill() {
    const auto result = co_await below_.read_some(wire_.in);
    wire_.in_begin = 0;
    wire_.in_end = result.n;
    if (result.ec == asio::error::eof) co_return asio::ssl::error::stream_truncated;
    co_return result.ec;
}

asio::awaitable<error_code> tls_channel::flush() {
    leaving_.swap(wire_.out);
    std::string_view rest{leaving_};
    while (!rest.empty()) {
        const auto result = co_await below_.write_some(rest);
        rest.remove_prefix(result.n);
        if (result.ec) co_return result.ec;
    }
    leaving_.clear();
    co_return error_code{};
}

asio::awaitable<error_code> tls_channel::handshake() {
    for (;;) {
        ERR_clear_error();
        const int result = SSL_do_handshake(ssl_);
        const bool wants_more = result != 1 && SSL_get_error(ssl_, result) == SSL_ERROR_WANT_READ;
        const auto failure = result == 1 || wants_more ? error_code{} : failure_of(result);
        if (!wire_.out.empty()) { // an alert goes out too
            const auto ec = co_await flush();
            if (ec && !failure) co_return ec;
        }
        if (!wants_more) co_return failure;
        const auto ec = co_await fill();
        if (ec) co_return ec;
    }
}

asio::awaitable<io_result> tls_channel::read_some(std::span<char> into) {
    io_result out;
    for (;;) {
        ERR_clear_error();
        const int n = SSL_read(ssl_, into.data(), static_cast<int>(into.size()));
        if (n > 0) {
            out.n = static_cast<std::size_t>(n);
            co_return out;
        }
        if (SSL_get_error(ssl_, n) != SSL_ERROR_WANT_READ) {
            out.ec = failure_of(n);
            co_return out;
        }
        out.ec = co_await fill();
        if (out.ec) co_return out;
    }
}

// What reading has to answer, such as a key update, leaves with the next write (RFC 8446 4.6.3).
asio::awaitable<io_result> tls_channel::write_some(std::string_view bytes) {
    bytes = bytes.substr(0, longest_write);
    io_result out;
    ERR_clear_error();
    const int n = SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()));
    if (n <= 0) {
        out.ec = failure_of(n);
        co_return out;
    }
    out.ec = co_await flush();
    if (!out.ec) out.n = static_cast<std::size_t>(n);
    co_return out;
}

std::string_view tls_channel::farewell() {
    if (!leaving_.empty()) return {};
    SSL_shutdown(ssl_);
    ERR_clear_error();
    return wire_.out;
}

} // namespace redrive::net
