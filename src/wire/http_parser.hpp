#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "wire/http_header.hpp"

namespace redrive::wire {

// Bounds on untrusted messages.
struct http_limits {
    std::size_t header_bytes = 64 * 1024;
    std::size_t body_bytes = 8 * 1024 * 1024;
    bool header_only = false; // replies to CONNECT: no body, whatever their headers say
};

// A complete reply. The body has json_reader::padding readable bytes behind it.
struct http_reply {
    unsigned status = 0;
    std::string reason;
    http_headers headers;
    std::string body;       // capacity() >= size() + json_reader::padding
    bool keep_alive = true; // the server will answer further requests on this connection
};

enum class http_error : std::uint8_t {
    none,
    malformed, // not HTTP/1.x, two Content-Length, bad chunking, ...
    too_large, // beyond http_limits
    truncated, // the connection ended in mid-message
};

// Reads replies from a byte stream, one after the other, in pieces of any size (RFC 9112).
// 1xx replies are skipped. Beast's parser stays inside http_parser.cpp.
class reply_parser {
  public:
    explicit reply_parser(http_limits limits = {});
    ~reply_parser();
    reply_parser(reply_parser&&) noexcept;
    reply_parser& operator=(reply_parser&&) noexcept;

    // Consumes bytes up to the end of the current reply at most; returns how many. After done() or
    // error() it consumes nothing until next().
    std::size_t feed(std::string_view bytes);
    // The connection ended: completes a reply that is delimited by it, else truncated in mid-reply.
    void feed_eof();

    [[nodiscard]] bool started() const noexcept; // bytes of the current reply have been seen
    [[nodiscard]] bool done() const noexcept;
    [[nodiscard]] http_error error() const noexcept;
    [[nodiscard]] http_reply& reply() noexcept; // when done()
    void next();                                // begins with the next reply, reusing memory

  private:
    struct state;
    std::unique_ptr<state> state_;
};

struct http_request {
    std::string method;
    std::string target; // path and query
    http_headers headers;
    std::string body;
    bool keep_alive = true;
};

// The same for requests: the simulator's and the tests' side.
class request_parser {
  public:
    explicit request_parser(http_limits limits = {});
    ~request_parser();
    request_parser(request_parser&&) noexcept;
    request_parser& operator=(request_parser&&) noexcept;

    std::size_t feed(std::string_view bytes);
    [[nodiscard]] bool started() const noexcept;
    [[nodiscard]] bool done() const noexcept;
    [[nodiscard]] http_error error() const noexcept;
    [[nodiscard]] http_request& request() noexcept;
    void next();

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace redrive::wire
