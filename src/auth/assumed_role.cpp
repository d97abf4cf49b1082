#include "auth/assumed_role.hpp"

#include <boost/asio/execution_context.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "auth/cached_credentials.hpp"
#include "auth/config_files.hpp"
#include "auth/security_token_service.hpp"
#include "core/ascii.hpp"
#include "redrive/queue_arn.hpp"

namespace redrive::auth {
namespace asio = boost::asio;

namespace {

constexpr std::size_t most_at_once = 16;
constexpr std::size_t longest_role = 512 + 64; // a path and a name, of IAM's own rules
constexpr std::string_view placeholder = "{account}";

bool may_name_a_role(std::string_view text) noexcept {
    return !text.empty() && text.size() <= longest_role &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_alphanumeric(c) ||
                      std::string_view{"_+=,.@-/"}.find(c) != std::string_view::npos;
           });
}

std::string filled_in(std::string_view text, std::string_view account) {
    std::string out{text};
    for (auto at = out.find(placeholder); at != std::string::npos; at = out.find(placeholder, at))
        out.replace(at, placeholder.size(), account);
    return out;
}

// arn:PARTITION:iam::ACCOUNT:role/NAME
bool is_role_arn(std::string_view text) noexcept {
    if (!text.starts_with("arn:")) return false;
    text.remove_prefix(4);
    text.remove_prefix(std::min(text.size(), text.find(':')));
    constexpr std::string_view service = ":iam::", kind = ":role/";
    if (!text.starts_with(service)) return false;
    text.remove_prefix(service.size());
    const auto end = text.find(kind);
    return end != std::string_view::npos && is_account_id(text.substr(0, end)) &&
           may_name_a_role(text.substr(end + kind.size()));
}

config_error no_role(std::string_view role) {
    config_error error;
    error.message = "The role " + in_quotes(role) +
                    " cannot be one; give its name, or an ARN such as "
                    "arn:aws:iam::{account}:role/NAME";
    return error;
}

// Lets so many in at a time. Shared by every role of an execution context.
class turnstile final : public asio::execution_context::service {
  public:
    using key_type = turnstile;
    static asio::execution_context::id id;

    explicit turnstile(asio::execution_context& context)
        : asio::execution_context::service{context} {}

    static turnstile& of(const asio::any_io_executor& executor) {
        return asio::use_service<turnstile>(asio::query(executor, asio::execution::context));
    }

    // Out again at the end of its life.
    class pass {
      public:
        explicit pass(turnstile& of) noexcept : of_{&of} {}
        pass(pass&& other) noexcept : of_{std::exchange(other.of_, nullptr)} {}
        pass& operator=(pass&&) = delete;
        ~pass() {
            if (of_ != nullptr) of_->leave();
        }

      private:
        turnstile* of_;
    };

    asio::awaitable<pass> enter(const asio::any_io_executor& executor) {
        co_await seats(executor).async_send(error_code{}, asio::use_awaitable);
        co_return pass{*this};
    }

  private:
    using channel = asio::experimental::concurrent_channel<void(error_code)>;

    channel& seats(const asio::any_io_executor& executor) {
        const std::lock_guard lock{mutex_}; // contexts may have several threads
        if (!seats_) seats_.emplace(executor, most_at_once);
        return *seats_;
    }
    void leave() {
        if (seats_) seats_->try_receive([](error_code) {});
    }
    void shutdown() override { seats_.reset(); }

    std::mutex mutex_;
    std::optional<channel> seats_; // a message for each that is inside
};

asio::execution_context::id turnstile::id;

// What loading the credentials of one role takes.
struct role_source {
    assumed_role role;
    std::shared_ptr<credentials_provider> base;
    std::optional<std::string> profile; // whose settings say where STS is
    std::shared_ptr<source_context> context;
};

asio::awaitable<result<loaded_credentials>> load_base(const role_source& from) {
    return asio::async_initiate<decltype(asio::use_awaitable), void(result<loaded_credentials>)>(
        [&from](auto handler) { from.base->async_load(from.context->ex, std::move(handler)); },
        asio::use_awaitable);
}

result<settings> settings_of(const role_source& from) {
    const auto files = load_shared_config(from.context->env, from.context->file_root);
    if (!files) return files.error();
    std::optional<sourced<std::string>> selected;
    if (from.profile) selected = {*from.profile, "--profile"};
    return resolve_selected_settings(from.context->given, from.context->env, *files, selected);
}

asio::awaitable<result<loaded_credentials>> load_role(std::shared_ptr<role_source> from) {
    auto held = co_await load_base(*from);
    if (!held) co_return held.error();
    const auto config = settings_of(*from);
    if (!config) co_return config.error();
    const auto pass = co_await turnstile::of(from->context->ex).enter(from->context->ex);
    auto found = co_await assume_role(
        *from->context, *config, std::move(held->keys), from->role.step, from->role.policy);
    if (!found) co_return found.error();
    found->provider = held->provider;
    found->features = held->features.empty() ? "i" : held->features + ",i";
    co_return found;
}

std::string key_of(const assumed_role& role, const std::string& base) {
    std::string out = "role";
    for (const auto* part : {&role.step.role_arn,
                             &role.step.external_id,
                             &role.step.session_name,
                             &role.policy,
                             &base})
        out.append(1, '\0').append(*part);
    return out;
}

} // namespace

result<std::string> role_arn_in(std::string_view account,
                                std::string_view role,
                                std::string_view partition) {
    if (role.starts_with("arn:")) {
        auto arn = filled_in(role, account);
        if (is_role_arn(arn)) return arn;
        return no_role(role);
    }
    if (!may_name_a_role(role) || role.starts_with('/') || role.ends_with('/'))
        return no_role(role);
    return "arn:" + std::string{partition} + ":iam::" + std::string{account} + ":role/" +
           std::string{role};
}

std::shared_ptr<credentials_provider> credentials_of_role(
    const assumed_role& role,
    std::shared_ptr<credentials_provider> base,
    const credential_origin& base_origin,
    const credential_carrier& carrier) {
    const auto key = key_of(role, origin_key(base_origin, carrier));
    return shared_credentials(carrier.executor, key, [&](asio::any_io_executor strand) {
        const auto from = std::make_shared<role_source>();
        from->role = role;
        from->base = std::move(base);
        from->profile = base_origin.profile;
        from->context = source_context_of(base_origin, carrier, std::move(strand));
        credential_loader out;
        out.load = [from] { return load_role(from); };
        out.time = carrier.time;
        out.random_unit = [from] { return from->context->random_unit(); };
        return out;
    });
}

} // namespace redrive::auth
