#include "cli/mfa_question.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "cli/file_descriptor.hpp"
#include "cli/prompt.hpp"
#include "cli/terminal.hpp"
#include "cli/text_escape.hpp"
#include "core/ascii.hpp"

namespace redrive::cli {
namespace {

namespace asio = boost::asio;

using answer_handler = std::function<void(error_code, secret_text)>;
// Holds a message while somebody asks.
using floor_channel = asio::experimental::channel<void(error_code)>;

asio::awaitable<secret_text> answer_to(asio::any_io_executor executor,
                                       console& says,
                                       std::string device) {
    file_descriptor terminal{open_terminal()};
    if (!terminal) co_return secret_text{};
    terminal_answer answer{executor, terminal.release()};
    says.ask(fmt::format("MFA code of {}: ", escaped(device)));
    const auto text = co_await answer.read();
    co_return secret_text{trimmed(text)};
}

asio::awaitable<void> ask(asio::any_io_executor executor,
                          std::shared_ptr<floor_channel> one_at_a_time,
                          console& says,
                          std::string device,
                          answer_handler done) {
    co_await one_at_a_time->async_send(error_code{}, asio::use_awaitable);
    auto code = co_await answer_to(executor, says, std::move(device));
    one_at_a_time->try_receive([](error_code) {});
    error_code ec;
    if (code.reveal().empty()) ec = asio::error::operation_aborted;
    done(ec, std::move(code));
}

} // namespace

mfa_prompt ask_on_terminal(const asio::any_io_executor& executor, console& says) {
    auto one_at_a_time = std::make_shared<floor_channel>(executor, 1);
    return [executor, one_at_a_time, &says](std::string device, answer_handler done) {
        asio::co_spawn(executor,
                       ask(executor, one_at_a_time, says, std::move(device), std::move(done)),
                       asio::detached);
    };
}

} // namespace redrive::cli
