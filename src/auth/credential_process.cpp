#include "auth/credential_process.hpp"

#include <string>
#include <utility>

#include "auth/child_process.hpp"
#include "core/ascii.hpp"
#include "wire/process_credentials.hpp"

namespace redrive::auth {
namespace asio = boost::asio;

namespace {

using namespace std::chrono_literals;

constexpr auto longest_run = 60s; // it may ask a person to touch a key

// What the program says is for the user's eyes; what it was called with may hold secrets.
config_error failure(const child_result& ended) {
    std::string why = "credential_process ";
    if (!ended.started) return source_failure(why + "cannot be started");
    if (ended.timed_out)
        return source_failure(why + "took longer than " + std::to_string(longest_run.count()) +
                              " s and was ended");
    why += "ended with status " + std::to_string(ended.status);
    const auto said = trimmed(ended.errors);
    if (!said.empty()) why.append(": ").append(said);
    return source_failure(std::move(why));
}

} // namespace

asio::awaitable<result<loaded_credentials>> process_credentials(const source_context& context,
                                                                process_source from) {
    const auto ended = co_await run_in_shell(
        context.ex, context.time, std::move(from.command), context.env, longest_run);
    if (!ended.started || ended.timed_out || ended.status != 0) co_return failure(ended);
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
