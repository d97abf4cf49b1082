#include "client/setup.hpp"

#include <algorithm>
#include <limits>

#include "auth/config_files.hpp"
#include "auth/credential_features.hpp"
#include "auth/proxy_environment.hpp"
#include "client/user_agent.hpp"

namespace redrive::detail {
namespace {

// AWS Lambda's recursion guard: both variables set, control bytes percent-encoded.
std::string trace_id_from(const auth::environment& env) {
    const auto id = env.get("_X_AMZN_TRACE_ID");
    if (!id || !env.get("AWS_LAMBDA_FUNCTION_NAME")) return {};
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : *id) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > 0x1f && byte < 0x7f) {
            out.push_back(c);
        } else {
            out.append({'%', digits[byte >> 4], digits[byte & 0x0f]});
        }
    }
    return out;
}

// What the calls use, as ids of the User-Agent.
std::string features_of(const auth::settings& settings) {
    std::string out = settings.mode.value == auth::retry_mode::adaptive ? "F" : "E";
    if (!settings.sqs_endpoint_url.value.empty()) out += ",N";
    return out;
}

std::shared_ptr<auth::credentials_provider> provider_for(const auth::identity& who,
                                                         const user_agent& agent,
                                                         const auth::credential_carrier& carrier) {
    auth::credential_origin origin;
    origin.profile = who.profile;
    origin.given = who.given;
    origin.user_agent = agent.text();
    std::shared_ptr<auth::credentials_provider> out;
    if (who.keys)
        out = std::make_shared<auth::static_credentials_provider>(*who.keys);
    else
        out = auth::credentials_of(origin, carrier);
    if (!who.role) return out;
    return auth::credentials_of_role(*who.role, std::move(out), origin, carrier);
}

std::optional<auth::sourced<std::string>> given(const std::string& value, const char* source) {
    if (value.empty()) return std::nullopt;
    return auth::sourced<std::string>{value, source};
}

auth::setting_overrides overrides_from(const client_config& config) {
    auth::setting_overrides out;
    out.region = given(config.region, "client_config::region");
    out.sqs_endpoint_url = given(config.endpoint_url, "client_config::endpoint_url");
    out.ca_bundle = given(config.ca_bundle, "client_config::ca_bundle");
    if (config.max_attempts != 0)
        out.max_attempts = {{config.max_attempts, "client_config::max_attempts"}};
    return out;
}

// Given keys need no profile, but the settings are those of the selected one.
auth::result<auth::identity> identity_from(const client_config& config,
                                           const auth::environment& env) {
    std::vector<std::string> profiles;
    if (!config.profile.empty()) profiles.push_back(config.profile);
    const auto files = auth::load_config_for(env, profiles);
    if (!files) return files.error();
    const auto overrides = overrides_from(config);
    if (!config.identity)
        return auth::load_identity(
            env, *files, profiles.empty() ? std::nullopt : std::optional{profiles[0]}, overrides);
    auto settings = auth::resolve_selected_settings(
        overrides, env, *files, given(config.profile, "client_config::profile"));
    if (!settings) return settings.error();
    auth::identity who;
    who.keys = auth::loaded_credentials{*config.identity, "client_config::identity"};
    who.keys->features = auth::features::given_in_code;
    who.config = *std::move(settings);
    return who;
}

} // namespace

setup_error setup_failure(const auth::config_error& error) {
    return {error.code,
            auth::is_about_credentials(error) ? call_phase::credentials : call_phase::configure,
            error.message};
}

std::variant<client_setup, setup_error> resolve_setup(const client_config& config,
                                                      const boost::asio::any_io_executor& executor,
                                                      const std::shared_ptr<time_source>& time) {
    const auto env = auth::environment::of_process();
    const auto who = identity_from(config, env);
    if (!who) return setup_failure(who.error());
    return setup_for(*who,
                     who->region(),
                     env,
                     {executor, time, transport_config_from(config.transport), config.ask_mfa});
}

std::variant<client_setup, setup_error> setup_for(const auth::identity& who,
                                                  std::string_view region,
                                                  const auth::environment& env,
                                                  const auth::credential_carrier& carrier) {
    const auto& settings = who.config;
    if (region.empty())
        return setup_error{client_errc::no_region,
                           call_phase::configure,
                           "no region: pass one, set AWS_REGION, or add `region` to the profile"};
    const auto resolved = settings.endpoint_in(auth::service::sqs, region);
    if (!resolved) return setup_failure(resolved.error());
    const auto target = parse_endpoint(resolved->url);
    if (!target)
        return setup_error{client_errc::bad_configuration,
                           call_phase::configure,
                           "endpoint " + resolved->url + " (" + settings.sqs_endpoint_url.source +
                               ") is not an http:// or https:// URL"};
    client_setup out;
    out.target = *target;
    out.region = resolved->signing_region.empty() ? std::string{region} : resolved->signing_region;
    out.ca_bundle = settings.ca_bundle.value;
    out.agent = {settings.sdk_ua_app_id.value,
                 env.get("AWS_EXECUTION_ENV").value_or(""),
                 features_of(settings)};
    out.trace_id = trace_id_from(env);
    out.retry = settings.retry();
    out.is_adaptive = settings.mode.value == auth::retry_mode::adaptive;
    out.correct_clock_skew = !settings.disable_clock_skew_correction.value;
    out.provider = provider_for(who, out.agent, carrier);
    return out;
}

net::transport_config transport_config_from(const transport_options& options) {
    const auto at_least_one = [](std::size_t n) { return std::max<std::size_t>(1, n); };
    net::transport_config out;
    out.limits.max_connections = at_least_one(options.max_connections);
    out.limits.max_depth = at_least_one(options.max_depth);
    out.limits.max_waiting =
        options.max_waiting == 0 ? std::numeric_limits<std::size_t>::max() : options.max_waiting;
    switch (options.pipelining) {
    case pipelining::off: out.limits.pipelining = flow::depth::mode::off; break;
    case pipelining::learnt: out.limits.pipelining = flow::depth::mode::learnt; break;
    case pipelining::fixed: out.limits.pipelining = flow::depth::mode::fixed; break;
    }
    out.limits.timeouts.connect = options.connect_timeout;
    out.limits.timeouts.tls = options.tls_timeout;
    out.limits.timeouts.proxy = 2 * options.connect_timeout;
    out.limits.connection.read_timeout = options.read_timeout;
    out.limits.idle.life = options.idle_life;
    out.limits.idle.trust = options.idle_trust;
    out.limits.idle.oldest = options.max_age;
    out.limits.connection.http.body_bytes = options.max_reply_bytes;
    out.connect_to = options.connect_to;
    out.client_certificate = options.client_certificate;
    out.client_key = options.client_key;
    out.proxies = [given = options.proxy] {
        return given ? auth::proxies_from(*given)
                     : auth::proxies_from(auth::environment::of_process());
    };
    return out;
}

} // namespace redrive::detail
