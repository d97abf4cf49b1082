#include "cli/prompt.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <array>

#include "cli/number.hpp"
#include "core/ascii.hpp"
#include "redrive/errors.hpp"

namespace redrive::cli {
namespace {

namespace asio = boost::asio;

constexpr std::uint64_t most_without_count = 50;
constexpr std::size_t longest_answer = 1024;

} // namespace

question question_for(std::uint64_t tasks, std::uint64_t accounts) noexcept {
    return {.tasks = tasks, .wants_count = accounts > 1 || tasks > most_without_count};
}

std::string question::text() const {
    if (wants_count) return fmt::format("To cancel {}, type {}: ", counted(tasks, "task"), tasks);
    return fmt::format("Cancel {}? [y/N] ", counted(tasks, "task"));
}

bool question::is_yes(std::string_view answer) const {
    answer = trimmed(answer);
    if (wants_count) return answer == std::to_string(tasks) || answer == grouped(tasks);
    return answer == "y" || answer == "Y" || answer == "yes" || answer == "Yes";
}

terminal_answer::terminal_answer(const asio::any_io_executor& ex, int fd) : terminal_{ex, fd} {}

asio::awaitable<std::string> terminal_answer::read() {
    std::string answer;
    std::array<char, 256> piece{};
    while (answer.find('\n') == std::string::npos && answer.size() < longest_answer) {
        error_code ec;
        const auto n = co_await terminal_.async_read_some(
            asio::buffer(piece), asio::redirect_error(asio::use_awaitable, ec));
        if (ec) co_return std::string{};
        answer.append(piece.data(), n);
    }
    co_return answer;
}

void terminal_answer::cancel() {
    error_code ignored;
    terminal_.cancel(ignored);
}

} // namespace redrive::cli
