#include "wire/http_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

#include "wire/json_reader.hpp"

namespace redrive::wire {
namespace {

namespace http = boost::beast::http;
using boost::beast::string_view;
using boost::system::error_code;

// A peer that only announces a large body, or sent one once, does not hold memory for it.
constexpr std::size_t most_reserved_ahead = 64 * 1024;
constexpr std::size_t most_body_memory_kept = 1024 * 1024;
// How much of the input joins an unfinished line at a time.
constexpr std::size_t joined_piece = 4 * 1024;
constexpr std::string_view version_prefix = "HTTP/1.";
// A chunk header and what must follow it never have fewer bytes ("0\r\n\r\n"). Beast asserts so
// when it resumes in one.
constexpr std::size_t shortest_chunked_rest = 5;

// The strings of earlier messages' headers, for their memory.
class header_store {
  public:
    void add(http_headers& headers, string_view name, string_view value) {
        auto& header = headers.emplace_back(take());
        header.name.assign(name.data(), name.size());
        header.value.assign(value.data(), value.size());
    }
    // Backwards, so that each position gets its own memory back.
    void reclaim(http_headers& headers) {
        for (auto i = headers.size(); i-- > 0;)
            spare_.push_back(std::move(headers[i]));
        headers.clear();
    }

  private:
    http_header take() {
        if (spare_.empty()) return {};
        auto header = std::move(spare_.back());
        spare_.pop_back();
        return header;
    }

    http_headers spare_;
};

// One message through Beast's parser, which is made anew for each.
template <class Message>
class message_parser final : public http::basic_parser<std::is_same_v<Message, http_request>> {
    using base = http::basic_parser<std::is_same_v<Message, http_request>>;

  public:
    message_parser(Message& message, header_store& store, const http_limits& limits)
        : message_{message}, store_{store} {
        this->body_limit(limits.body_bytes);
        // Beast counts from the last complete line on; message_reader counts the whole header.
        this->header_limit(std::numeric_limits<std::uint32_t>::max());
    }

    // Connections of HTTP/1.0 are not worth keeping: nothing may be pipelined on them.
    [[nodiscard]] bool answers_further() const { return version_ >= 11 && this->keep_alive(); }
    [[nodiscard]] bool knows_version() const noexcept { return version_ != 0; }
    // Chunk headers and trailers are lines, as headers are.
    [[nodiscard]] bool reads_chunked() const { return this->is_header_done() && this->chunked(); }

  private:
    void on_request_impl(
        http::verb, string_view method, string_view target, int version, error_code&) override {
        if constexpr (std::is_same_v<Message, http_request>) {
            message_.method.assign(method.data(), method.size());
            message_.target.assign(target.data(), target.size());
        }
        version_ = version;
    }

    void on_response_impl(int code, string_view reason, int version, error_code& ec) override {
        // Nothing asked for a switch of protocols; what would follow one is not HTTP.
        if (code < 100 || code == 101) ec = http::error::bad_status;
        if constexpr (std::is_same_v<Message, http_reply>) {
            message_.status = static_cast<unsigned>(code);
            message_.reason.assign(reason.data(), reason.size());
        }
        version_ = version;
    }

    void on_field_impl(http::field field,
                       string_view name,
                       string_view value,
                       error_code& ec) override {
        if (this->is_header_done()) return; // trailers
        // Other codings were never offered, and hide where the message ends (RFC 9112, 6.1).
        if (field == http::field::transfer_encoding &&
            (version_ < 11 || !boost::beast::iequals(value, "chunked")))
            ec = http::error::bad_transfer_encoding;
        store_.add(message_.headers, name, value);
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        const auto ahead = std::min<std::uint64_t>(length.value_or(0), most_reserved_ahead);
        message_.body.reserve(static_cast<std::size_t>(ahead) + json_reader::padding);
    }

    std::size_t on_body_impl(string_view bytes, error_code&) override {
        message_.body.append(bytes.data(), bytes.size());
        return bytes.size();
    }

    std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& ec) override {
        return on_body_impl(bytes, ec);
    }

    void on_header_impl(error_code&) override {}
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    void on_finish_impl(error_code&) override {}

    Message& message_;
    header_store& store_;
    int version_ = 0;
};

// Beast wants each line (the whole header, a chunk header) in one piece: what is left of the input
// in the middle of one waits in `unfinished_` for the next bytes.
template <class Message>
class message_reader {
  public:
    explicit message_reader(http_limits limits) : limits_{limits} { next(); }
    message_reader(const message_reader&) = delete;
    message_reader& operator=(const message_reader&) = delete;

    std::size_t feed(std::string_view bytes) {
        std::size_t used = 0;
        while (used < bytes.size() && !stopped()) {
            started_ = true;
            const auto rest = bytes.substr(used);
            used += unfinished_.empty() ? feed_in_place(rest) : feed_joined(rest);
        }
        return used;
    }

    void feed_eof() {
        if (!started_ || stopped()) return;
        error_code ec;
        if (parser_->got_some())
            parser_->put_eof(ec);
        else
            ec = http::error::partial_message; // only interim replies came
        if (ec)
            error_ = http_error::truncated;
        else
            finish();
    }

    void next() {
        unfinished_.clear();
        header_bytes_ = 0;
        started_ = done_ = false;
        error_ = http_error::none;
        restart();
    }

    [[nodiscard]] bool started() const noexcept { return started_; }
    [[nodiscard]] bool done() const noexcept { return done_; }
    [[nodiscard]] http_error error() const noexcept { return error_; }
    [[nodiscard]] Message& message() noexcept { return message_; }

  private:
    enum class progress { made, need_more };

    [[nodiscard]] bool stopped() const noexcept { return done_ || error_ != http_error::none; }

    std::size_t feed_in_place(std::string_view bytes) {
        std::size_t used = 0;
        if (put(bytes, used) == progress::made) return used;
        unfinished_.assign(bytes.substr(used));
        return bytes.size();
    }

    std::size_t feed_joined(std::string_view bytes) {
        const auto before = unfinished_.size();
        const auto piece = bytes.substr(0, joined_piece);
        unfinished_ += piece;
        if (parser_->reads_chunked() && unfinished_.size() < shortest_chunked_rest)
            return piece.size();
        std::size_t used = 0;
        auto last = progress::made;
        while (last == progress::made && !stopped() && used < before) {
            std::size_t n = 0;
            last = put(std::string_view{unfinished_}.substr(used), n);
            used += n;
        }
        if (last == progress::need_more) {
            unfinished_.erase(0, used);
            return piece.size();
        }
        unfinished_.clear();
        return used > before ? used - before : 0;
    }

    // One step of the parser: the header, a chunk header, or a piece of the body.
    progress put(std::string_view bytes, std::size_t& used) {
        const bool in_header = !parser_->is_header_done();
        error_code ec;
        used = parser_->put(boost::asio::const_buffer{bytes.data(), bytes.size()}, ec);
        const bool need_more = ec == http::error::need_more;
        const auto waiting = need_more ? bytes.size() - used : 0;
        if (in_header) header_bytes_ += used;
        if (ec == http::error::body_limit || waiting > limits_.header_bytes ||
            (in_header && header_bytes_ + waiting > limits_.header_bytes))
            error_ = http_error::too_large;
        else if ((ec && !need_more) || (in_header && need_more && is_hopeless(bytes.substr(used))))
            error_ = http_error::malformed;
        else if (parser_->is_done())
            finish();
        return need_more && !stopped() ? progress::need_more : progress::made;
    }

    // Beast looks at an unfinished header again when its end has come, which may be never.
    [[nodiscard]] bool is_hopeless(std::string_view rest) const {
        if constexpr (std::is_same_v<Message, http_reply>) {
            const auto start = version_prefix.substr(0, rest.size());
            if (!parser_->knows_version() && !rest.starts_with(start)) return true;
        }
        for (auto at = rest.find('\n'); at != rest.npos; at = rest.find('\n', at + 1))
            if (at == 0 || rest[at - 1] != '\r') return true;
        return false;
    }

    void finish() {
        if (is_interim()) return restart(); // bounded, since the header bytes add up
        message_.keep_alive = parser_->answers_further();
        message_.body.reserve(message_.body.size() + json_reader::padding);
        done_ = true;
    }

    [[nodiscard]] bool is_interim() const noexcept {
        if constexpr (std::is_same_v<Message, http_reply>) return message_.status / 100 == 1;
        return false;
    }

    void restart() {
        store_.reclaim(message_.headers);
        if (message_.body.capacity() > most_body_memory_kept) std::string{}.swap(message_.body);
        message_.body.clear();
        parser_.emplace(message_, store_, limits_);
        parser_->skip(limits_.header_only);
    }

    http_limits limits_;
    Message message_;
    header_store store_;
    std::optional<message_parser<Message>> parser_;
    std::string unfinished_;
    std::size_t header_bytes_ = 0;
    bool started_ = false;
    bool done_ = false;
    http_error error_ = http_error::none;
};

} // namespace

struct reply_parser::state : message_reader<http_reply> {
    using message_reader::message_reader;
};

reply_parser::reply_parser(http_limits limits) : state_{std::make_unique<state>(limits)} {}
reply_parser::~reply_parser() = default;
reply_parser::reply_parser(reply_parser&&) noexcept = default;
reply_parser& reply_parser::operator=(reply_parser&&) noexcept = default;

std::size_t reply_parser::feed(std::string_view bytes) {
    return state_->feed(bytes);
}
void reply_parser::feed_eof() {
    state_->feed_eof();
}
bool reply_parser::started() const noexcept {
    return state_->started();
}
bool reply_parser::done() const noexcept {
    return state_->done();
}
http_error reply_parser::error() const noexcept {
    return state_->error();
}
http_reply& reply_parser::reply() noexcept {
    return state_->message();
}
void reply_parser::next() {
    state_->next();
}

struct request_parser::state : message_reader<http_request> {
    using message_reader::message_reader;
};

request_parser::request_parser(http_limits limits) : state_{std::make_unique<state>(limits)} {}
request_parser::~request_parser() = default;
request_parser::request_parser(request_parser&&) noexcept = default;
request_parser& request_parser::operator=(request_parser&&) noexcept = default;

std::size_t request_parser::feed(std::string_view bytes) {
    return state_->feed(bytes);
}
bool request_parser::started() const noexcept {
    return state_->started();
}
bool request_parser::done() const noexcept {
    return state_->done();
}
http_error request_parser::error() const noexcept {
    return state_->error();
}
http_request& request_parser::request() noexcept {
    return state_->message();
}
void request_parser::next() {
    state_->next();
}

} // namespace redrive::wire
