#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <array>
#include <deque>
#include <optional>
#include <string>

#include "cli/file_descriptor.hpp"
#include "cli/line_splitter.hpp"
#include "cli/options.hpp"
#include "redrive/target.hpp"

namespace redrive::cli {

// Refuses files that are not there or cannot be read, before credentials are looked for:
// usage_error.
void check_files(const options& given);

// The targets of a command, one after the other: its arguments, `-` where it stands, then --from.
// Reads in pieces and never blocks the other coroutines of its executor.
class target_reader {
  public:
    // Opens every file, so that a bad one is found before anything is sent: usage_error.
    target_reader(const boost::asio::any_io_executor& ex,
                  const what_options& what,
                  target_defaults defaults);

    // Nothing at the end, and after stop().
    [[nodiscard]] boost::asio::awaitable<std::optional<target>> next();
    void stop();

    // Why reading ended early, escaped; empty when it did not.
    [[nodiscard]] const std::string& problem() const noexcept { return problem_; }

  private:
    struct source {
        std::string name;     // of the argument or the file
        file_descriptor file; // none: the name itself is the target
    };

    [[nodiscard]] std::optional<target> next_line();
    [[nodiscard]] boost::asio::awaitable<void> read_piece();
    void open_next();

    target_defaults defaults_;
    std::deque<source> sources_;
    boost::asio::posix::stream_descriptor stream_;
    std::string stream_name_;
    line_splitter lines_;
    std::array<char, 64 * 1024> piece_;
    std::uint64_t index_ = 0;
    bool stopped_ = false;
    std::string problem_;
};

} // namespace redrive::cli
