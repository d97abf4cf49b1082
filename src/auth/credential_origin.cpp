#include "auth/credential_origin.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdint>
#include <random>
#include <tuple>
#include <utility>

#include "auth/cached_credentials.hpp"
#include "auth/default_chain.hpp"
#include "auth/net_fetcher.hpp"
#include "net/waiting.hpp"

namespace redrive::auth {
namespace asio = boost::asio;

namespace {

asio::awaitable<result<secret_text>> ask_with(redrive::mfa_prompt ask, std::string device) {
    auto token = asio::as_tuple(asio::use_awaitable);
    auto reply = co_await asio::async_initiate<decltype(token), void(error_code, secret_text)>(
        [&](auto handler) {
            // Kept by whoever asks, in a function that can be copied.
            const auto kept = std::make_shared<decltype(handler)>(std::move(handler));
            ask(device, [kept](error_code ec, secret_text code) {
                const auto home = asio::get_associated_executor(*kept);
                asio::post(home, asio::append(std::move(*kept), ec, std::move(code)));
            });
        },
        token);
    if (const auto& ec = std::get<0>(reply))
        co_return source_failure("the code of the device " + device +
                                 " was not given: " + ec.message());
    co_return std::move(std::get<1>(reply));
}

mfa_prompt prompt_of(redrive::mfa_prompt ask) {
    return [ask = std::move(ask)](std::string device) { return ask_with(ask, std::move(device)); };
}

} // namespace

// The clock belongs to it: a virtual one is another world.
std::string origin_key(const credential_origin& origin, const credential_carrier& carrier) {
    const auto env = environment::of_process();
    std::string out;
    const auto add = [&out](std::string_view part) { out.append(part).push_back('\0'); };
    add(origin.profile ? "profile " + *origin.profile : "chain");
    add(std::to_string(reinterpret_cast<std::uintptr_t>(carrier.time.get())));
    for (const auto* variable : {"HOME",
                                 "AWS_PROFILE",
                                 "AWS_CONFIG_FILE",
                                 "AWS_SHARED_CREDENTIALS_FILE",
                                 "AWS_ACCESS_KEY_ID"})
        add(env.get(variable).value_or(""));
    for (const auto* given :
         {&origin.given.region, &origin.given.sts_endpoint_url, &origin.given.ca_bundle})
        add(*given ? (*given)->value : "");
    return out;
}

std::shared_ptr<source_context> source_context_of(const credential_origin& origin,
                                                  const credential_carrier& carrier,
                                                  asio::any_io_executor strand) {
    const auto random = std::make_shared<std::mt19937_64>(std::random_device{}());
    const auto context = std::make_shared<source_context>();
    context->ex = strand;
    context->time = carrier.time;
    context->http = std::make_shared<net_fetcher>(
        std::make_shared<net::transport>(strand, carrier.time, carrier.transport));
    context->random = [random] { return (*random)(); };
    context->pause =
        [strand, time = carrier.time](std::chrono::milliseconds how_long) -> asio::awaitable<void> {
        const auto timer = time->make_timer(strand);
        co_await net::wait_until(*timer, time->now() + how_long);
    };
    if (carrier.ask_mfa) context->ask_mfa = prompt_of(carrier.ask_mfa);
    context->given = origin.given;
    context->user_agent = origin.user_agent;
    return context;
}

std::shared_ptr<credentials_provider> credentials_of(const credential_origin& origin,
                                                     const credential_carrier& carrier) {
    return shared_credentials(
        carrier.executor, origin_key(origin, carrier), [&](asio::any_io_executor strand) {
            const auto context = source_context_of(origin, carrier, std::move(strand));
            credential_loader out;
            out.load = [context, profile = origin.profile] {
                return find_credentials(*context, profile);
            };
            out.time = carrier.time;
            out.random_unit = [context] { return context->random_unit(); };
            return out;
        });
}

} // namespace redrive::auth
