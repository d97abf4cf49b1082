#include "net/fetch.hpp"

#include <array>
#include <utility>

#include "wire/digest.hpp"

namespace redrive::net {
namespace {

constexpr std::size_t longest_header = 64 * 1024;
constexpr std::size_t longest_body = 1024 * 1024;

template <class Bytes>
struct wiped_at_the_end {
    Bytes& bytes;
    ~wiped_at_the_end() { wire::wipe(bytes.data(), bytes.size()); }
};

fetched failure(client_errc ec, call_phase phase, std::string detail) {
    fetched out;
    out.ec = ec;
    out.phase = phase;
    out.detail = std::move(detail);
    return out;
}

fetched failure(open_result why) {
    fetched out;
    out.ec = why.ec;
    out.phase = why.phase;
    out.detail = std::move(why.detail);
    return out;
}

asio::awaitable<fetched> read_reply(byte_stream& stream) {
    wire::http_limits limits;
    limits.header_bytes = longest_header;
    limits.body_bytes = longest_body;
    wire::reply_parser parser{limits};
    std::array<char, 8192> in;
    const wiped_at_the_end<std::array<char, 8192>> after{in};
    while (!parser.done() && parser.error() == wire::http_error::none) {
        const auto result = co_await stream.read_some(in);
        if (result.ec) {
            parser.feed_eof();
            if (parser.done()) break;
            co_return failure(client_errc::connection_lost,
                              call_phase::read,
                              "the connection ended before the reply was complete");
        }
        parser.feed({in.data(), result.n});
    }
    switch (parser.error()) {
    case wire::http_error::none: break;
    case wire::http_error::too_large:
        co_return failure(client_errc::reply_too_large, call_phase::read, "the reply is too large");
    case wire::http_error::truncated:
        co_return failure(client_errc::connection_lost,
                          call_phase::read,
                          "the connection ended before the reply was complete");
    case wire::http_error::malformed:
        co_return failure(
            client_errc::reply_malformed, call_phase::parse, "the reply is not HTTP/1.x");
    }
    fetched out;
    out.reply = std::move(parser.reply());
    co_return out;
}

} // namespace

fetched::~fetched() {
    wire::wipe(reply.body.data(), reply.body.size());
}

asio::awaitable<fetched> fetch(asio::any_io_executor ex,
                               std::shared_ptr<time_source> time,
                               stream_target target,
                               std::string request,
                               fetch_limits limits) {
    const wiped_at_the_end<std::string> after{request};
    byte_stream stream{std::move(ex), std::move(time)};
    auto opened = co_await stream.open(std::move(target), limits.open);
    if (opened.ec) co_return failure(std::move(opened));
    const auto limit = stream.limited_to(limits.answer);
    auto out = failure(client_errc::connection_lost, call_phase::write, "the connection ended");
    if (!co_await stream.write_all(request)) out = co_await read_reply(stream);
    if (out.ec && limit.expired())
        out = failure(client_errc::read_timeout, call_phase::read, "no reply in time");
    stream.close();
    co_return out;
}

} // namespace redrive::net
