#include "client/setup.hpp"

#include <algorithm>
#include <limits>

#include "auth/config_files.hpp"
#include "auth/proxy_environment.hpp"
#include "client/user_agent.hpp"

namespace redrive::detail {
namespace {

setup_error failure(const auth::config_error& error, call_phase phase) {
    return {error.code, phase, error.message};
}

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

std::variant<client_setup, setup_error> make_setup(const auth::settings& settings,
                                                   std::string_view region,
                                                   auth::loaded_credentials keys,
                                                   const auth::environment& env) {
    if (region.empty())
        return setup_error{client_errc::no_region,
                           call_phase::configure,
                           "no region: pass one, set AWS_REGION, or add `region` to the profile"};
    const auto resolved = settings.endpoint_in(auth::service::sqs, region);
    if (!resolved) return failure(resolved.error(), call_phase::configure);
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
    out.user_agent =
        make_user_agent(settings.sdk_ua_app_id.value, env.get("AWS_EXECUTION_ENV").value_or(""));
    out.trace_id = trace_id_from(env);
    out.retry = settings.retry();
    out.correct_clock_skew = !settings.disable_clock_skew_correction.value;
    out.provider = std::make_shared<auth::static_credentials_provider>(std::move(keys));
    return out;
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

} // namespace

std::variant<client_setup, setup_error> resolve_setup(const client_config& config) {
    const auto env = auth::environment::of_process();
    const auto files = auth::load_shared_config(env);
    if (!files) return failure(files.error(), call_phase::configure);
    std::optional<std::string> profile;
    if (!config.profile.empty()) profile = config.profile;

    auth::loaded_credentials keys;
    if (config.identity) {
        keys = {*config.identity, "client_config::identity"};
    } else {
        auto loaded = auth::load_static_credentials(env, *files, profile);
        if (!loaded) return failure(loaded.error(), call_phase::credentials);
        keys = std::move(*loaded);
    }
    const auto settings = auth::resolve_selected_settings(
        overrides_from(config), env, *files, given(config.profile, "client_config::profile"));
    if (!settings) return failure(settings.error(), call_phase::configure);
    return make_setup(*settings, settings->region.value, std::move(keys), env);
}

std::variant<client_setup, setup_error> setup_for(const auth::identity& who,
                                                  std::string_view region,
                                                  const auth::environment& env) {
    return make_setup(who.config, region, {who.keys, who.source}, env);
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
