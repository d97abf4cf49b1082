#include "sim/options.hpp"

#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "sim/authenticate.hpp"
#include "sim/regions.hpp"

namespace redrive::sim {
namespace {

constexpr std::string_view description =
    "A stand-in for Amazon SQS: queues, messages and message-move tasks over real sockets, for "
    "tests, demonstrations and benchmarks.";

constexpr std::string_view fault_help = R"(
Faults: op=OPERATION,account=ID,region=NAME,nth=N|every=N|p=CHANCE,do=ACTION; what is left out
matches everything. Actions:
  throttle             403 RequestThrottled instead of the call; 400 Throttling of STS,
                       TooManyRequestsException of Organizations
  error:CODE[:STATUS]  this error instead of the call
  html:STATUS          a proxy's page instead of the call
  delay:MS             the reply comes late
  close, reset, half   the call is made; then the connection is closed before the reply, reset, or
                       closed in the middle of the reply's body
  drip[:MS]            the reply comes byte by byte
  garbage              the reply is not HTTP
  stale[:MS]           the connection is closed when it was idle for that long
  close-after:N        the N-th reply of a connection announces its end
  drop-pipeline        when more requests wait behind this one: its reply, then the end
  no-pipelining        what waits behind this one is never answered
  date:SECONDS         the server's clock is that far ahead
  tls-fail             the handshake fails; counts connections
)";

std::string footer() {
    std::string text{fault_help};
    text += "\nSide door, unsigned: GET /_sim/state, POST /_sim/faults (a rule a line, or a JSON "
            "array of\nrules; replaces all), POST /_sim/reset.\n";
    text += "\nAccounts: 100000000001 and on. Access key and secret key of an account:\n  " +
            access_key_of("100000000001") + "  " + secret_key_of("100000000001") + "\n";
    text += "\nOrganizations: all of them are one, and the first is its management account; "
            "suspended=N\nadds closed ones behind them.\n";
    text += "\nRegions, in the order in which a fleet occupies them (any other answers as "
            "empty):\n  " +
            joined_fleet_regions() + "\n";
    return text;
}

// CLI11 reports this as a usage error of that option.
template <class Read>
auto checked(std::string_view option, const std::string& text, Read read) {
    try {
        return read(text);
    } catch (const std::invalid_argument& why) {
        throw CLI::ValidationError{std::string{option}, why.what()};
    }
}

struct raw_options {
    std::string fleet;
    std::vector<std::string> limits, faults, roles;
    std::int64_t dwell = 1000, drift = 6000;
};

void declare(CLI::App& app, options& into, raw_options& raw) {
    app.add_option("--listen", into.listen, "Where to listen; port 0 for a free one")
        ->type_name("HOST:PORT")
        ->capture_default_str();
    app.add_option("--ready-file", into.ready_file, "Written as JSON when connections are accepted")
        ->type_name("FILE");
    auto* plain = app.add_flag("--plain", into.plain, "HTTP without TLS");
    auto* certificate = app.add_option("--cert",
                                       into.certificate_file,
                                       "Certificate chain in PEM, also the CA bundle")
                            ->type_name("FILE")
                            ->excludes(plain);
    auto* key = app.add_option("--key", into.key_file, "Its private key in PEM")->type_name("FILE");
    certificate->needs(key);
    key->needs(certificate);
    app.add_option("--fleet",
                   raw.fleet,
                   "accounts=N,suspended=N,regions=N,queues=N,running=N,backlog=N,rate=N,"
                   "spread=0|1: totals over the whole fleet, mean backlog and rate")
        ->type_name("KEY=N,...");
    app.add_option("--limit", raw.limits, "Calls per account, region and operation; * for the rest")
        ->type_name("OPERATION=N/s")
        ->expected(1)
        ->take_all();
    app.add_option("--fault", raw.faults, "A fault, see below; repeatable")
        ->type_name("KEY=VALUE,...")
        ->expected(1)
        ->take_all();
    app.add_option(
           "--role",
           raw.roles,
           "A role that can be assumed in each account, by whoever gives its external id if "
           "it has one; repeatable. Without any, a role of any name can")
        ->type_name("NAME[=EXTERNAL_ID]")
        ->expected(1)
        ->take_all();
    app.add_option("--seed", into.simulated.seed, "Of everything random")->capture_default_str();
    app.add_option("--time-scale", into.simulated.tempo.time_scale, "How much faster time passes")
        ->check(CLI::Range(0.001, 1e6))
        ->capture_default_str();
    app.add_option("--dwell", raw.dwell, "Milliseconds that CANCELLING lasts")
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{86'400'000}))
        ->capture_default_str();
    app.add_option(
           "--drift", raw.drift, "Milliseconds' worth of messages still moved after a cancel")
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{86'400'000}))
        ->capture_default_str();
}

void take(const raw_options& raw, simulation_settings& into) {
    into.tempo.dwell = milliseconds{raw.dwell};
    into.tempo.drift = milliseconds{raw.drift};
    if (!raw.fleet.empty()) into.fleet = checked("--fleet", raw.fleet, parse_fleet);
    for (const auto& limit : raw.limits)
        checked("--limit", limit, [&](const auto& text) { into.limits.add(text); });
    for (const auto& role : raw.roles)
        checked("--role", role, [&](const auto& text) { into.roles.add(text); });
    for (const auto& fault : raw.faults)
        into.faults.push_back(checked("--fault", fault, parse_fault));
}

} // namespace

std::optional<int> parse_options(
    int argc, const char* const* argv, options& into, std::ostream& out, std::ostream& err) {
    CLI::App app{std::string{description}, "redrive-sim"};
    app.footer(footer());
    raw_options raw;
    declare(app, into, raw);
    try {
        app.parse(argc, argv);
        take(raw, into.simulated);
    } catch (const CLI::ParseError& stop) {
        constexpr int usage_error = 2;
        return app.exit(stop, out, err) == 0 ? 0 : usage_error;
    }
    return std::nullopt;
}

} // namespace redrive::sim
