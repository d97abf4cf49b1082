#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>

#include "auth/default_chain.hpp"
#include "conform/input.hpp"
#include "conform/verb.hpp"
#include "conform/world.hpp"

namespace redrive::conform {
namespace asio = boost::asio;

namespace {

std::string_view class_of(client_errc code) noexcept {
    switch (code) {
    case client_errc::no_credentials: return "not_configured";
    case client_errc::credentials_failed: return "provider_failed";
    default: return "configuration";
    }
}

void write_error(wire::json_writer& output, const auth::config_error& error) {
    output.key("error");
    output.begin_object();
    write_text(output, "class", class_of(error.code));
    write_text(output, "message", error.message);
    output.key("tried");
    output.begin_array();
    for (const auto& each : error.tried) {
        output.begin_object();
        write_text(output, "provider", each.provider);
        write_text(output, "why", each.why);
        output.end_object();
    }
    output.end_array();
    output.end_object();
}

void write_credentials(wire::json_writer& output, const auth::loaded_credentials& found) {
    write_text(output, "access_key_id", found.keys.access_key_id);
    write_text(output, "secret_access_key", found.keys.secret_access_key.reveal());
    if (!found.keys.session_token.empty())
        write_text(output, "session_token", found.keys.session_token.reveal());
    if (!found.keys.account_id.empty()) write_text(output, "account_id", found.keys.account_id);
    if (found.expiry) {
        output.key("expiry");
        output.number(static_cast<double>(found.expiry->time_since_epoch().count()) / 1000);
    }
    write_text(output, "provider", found.provider);
}

} // namespace

answer find_credentials(wire::json_value input,
                        const world_options& options,
                        wire::json_writer& output) {
    asio::io_context context;
    const world around{options, input, context.get_executor()};
    std::optional<std::string> profile;
    if (const auto given = text(input, "profile")) profile = *given;
    std::optional<auth::result<auth::loaded_credentials>> found;
    asio::co_spawn(context,
                   auth::find_credentials(around.context(), profile),
                   [&](std::exception_ptr broken, auth::result<auth::loaded_credentials> value) {
                       if (broken) std::rethrow_exception(broken);
                       found = std::move(value);
                   });
    context.run();
    output.begin_object();
    *found ? write_credentials(output, **found) : write_error(output, found->error());
    around.write_history(output);
    output.end_object();
    return *found ? answer::given : answer::error;
}

} // namespace redrive::conform
