#include "auth/credential_process.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "auth/child_process.hpp"
#include "core/ascii.hpp"
#include "wire/hidden_secrets.hpp"
#include "wire/process_credentials.hpp"

namespace redrive::auth {
namespace asio = boost::asio;

namespace {

using namespace std::chrono_literals;

constexpr auto longest_run = 60s; // it may ask a person to touch a key

// The words of a command line behind the program's name, but for the names of options. Short ones
// are no secrets, and stand in too many messages.
wire::secret_words arguments_of(std::string_view command) {
    constexpr std::string_view between = " \t=\"'";
    constexpr std::size_t shortest = 8;
    wire::secret_words out;
    for (auto at = command.find_first_of(between); at < command.size();) {
        const auto begin = std::min(command.find_first_not_of(between, at), command.size());
        at = std::min(command.find_first_of(between, begin), command.size());
        const auto word = command.substr(begin, at - begin);
        if (word.size() >= shortest && !word.starts_with('-')) out.push_back(word);
    }
    return out;
}

// What the program says is for the user's eyes; what it was called with may hold secrets.
config_error failure(const child_result& ended, const secret_text& command) {
    std::string why = "credential_process ";
    if (!ended.started) return source_failure(why + "cannot be started");
    if (ended.timed_out)
        return source_failure(why + "took longer than " + std::to_string(longest_run.count()) +
                              " s and was ended");
    why += "ended with status " + std::to_string(ended.status);
    const auto said = trimmed(ended.errors);
    if (!said.empty())
        why.append(": ").append(wire::without_secrets(said, arguments_of(command.reveal())));
    return source_failure(std::move(why));
}

} // namespace

asio::awaitable<result<loaded_credentials>> process_credentials(const source_context& context,
                                                                process_source from) {
    const auto ended =
        co_await run_in_shell(context.ex, context.time, from.command, context.env, longest_run);
    if (!ended.started || ended.timed_out || ended.status != 0)
        co_return failure(ended, from.command);
    auto read = wire::read_process_credentials(ended.output.reveal());
    if (const auto* why = std::get_if<std::string>(&read))
        co_return source_failure("the output of credential_process cannot be used: " + *why);
    auto& found = std::get<wire::temporary_credentials>(read);
    loaded_credentials out;
    out.keys = std::move(found.keys);
    if (out.keys.account_id.empty()) out.keys.account_id = std::move(from.account_id);
    out.expiry = found.expiry;
    out.usable_until = found.expiry;
    out.source = "credential_process";
    co_return out;
}

} // namespace redrive::auth
