#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/framing_cases.hpp"
#include "wire/http_parser.hpp"

namespace redrive::wire {
namespace {

using test::after_bytes;
using test::framing_case;

std::string_view name_of(http_error error) {
    switch (error) {
    case http_error::none: return "";
    case http_error::malformed: return "!malformed";
    case http_error::too_large: return "!too_large";
    case http_error::truncated: return "!truncated";
    }
    return "";
}

// Reads as a connection does: up to an error, or a reply behind which nothing can come.
class reading {
  public:
    void feed(std::string_view bytes) {
        while (!bytes.empty() && !over_) {
            bytes.remove_prefix(parser_.feed(bytes));
            look();
        }
    }
    void end() {
        if (over_) return;
        parser_.feed_eof();
        look();
    }
    [[nodiscard]] std::string text() const {
        return parser_.started() && !over_ ? with("...") : text_;
    }

  private:
    void look() {
        if (parser_.error() != http_error::none) {
            text_ = with(name_of(parser_.error()));
            over_ = true;
        } else if (parser_.done()) {
            const auto& reply = parser_.reply();
            text_ = with(std::to_string(reply.status) + ":" + reply.body +
                         (reply.keep_alive ? "" : "/close"));
            over_ = !reply.keep_alive;
            parser_.next();
        }
    }
    [[nodiscard]] std::string with(std::string_view more) const {
        return (text_.empty() ? "" : text_ + " ").append(more);
    }

    reply_parser parser_;
    std::string text_;
    bool over_ = false;
};

class FramingOfReplies : public ::testing::TestWithParam<framing_case> {};

TEST_P(FramingOfReplies, IsReadTheSameInEveryTwoPieces) {
    const auto& [name, bytes, read, outcomes, then] = GetParam();
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        reading seen;
        seen.feed(std::string_view{bytes}.substr(0, cut));
        seen.feed(std::string_view{bytes}.substr(cut));
        if (then == after_bytes::ends) seen.end();
        ASSERT_EQ(seen.text(), read) << "cut at " << cut << " of\n" << bytes;
    }
}

TEST_P(FramingOfReplies, IsReadTheSameByteByByte) {
    const auto& [name, bytes, read, outcomes, then] = GetParam();
    reading seen;
    for (const char& byte : bytes)
        seen.feed({&byte, 1});
    if (then == after_bytes::ends) seen.end();
    EXPECT_EQ(seen.text(), read);
}

INSTANTIATE_TEST_SUITE_P(Rfc9112,
                         FramingOfReplies,
                         ::testing::ValuesIn(test::framing_cases),
                         [](const auto& each) { return std::string{each.param.name}; });

} // namespace
} // namespace redrive::wire
