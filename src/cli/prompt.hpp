#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace redrive::cli {

// What a person has to type before a plan is carried out.
struct question {
    std::uint64_t tasks = 0;
    bool wants_count = false; // more than one account, or more tasks than one can look through

    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool is_yes(std::string_view answer) const;
};

[[nodiscard]] question question_for(std::uint64_t tasks, std::uint64_t accounts) noexcept;

// One line of the terminal.
class terminal_answer {
  public:
    // Takes the descriptor.
    terminal_answer(const boost::asio::any_io_executor& ex, int fd);

    // Empty when the terminal ends, or after cancel().
    [[nodiscard]] boost::asio::awaitable<std::string> read();
    void cancel();

  private:
    boost::asio::posix::stream_descriptor terminal_;
};

} // namespace redrive::cli
