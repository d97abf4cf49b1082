#include "conform/world.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "auth/net_fetcher.hpp"
#include "auth/proxy_environment.hpp"
#include "conform/input.hpp"
#include "conform/verb.hpp"
#include "net/waiting.hpp"

namespace redrive::conform {
namespace asio = boost::asio;

namespace {

// The machine's clocks, but for the time of day.
class fixed_day final : public time_source {
  public:
    explicit fixed_day(wall_time now) : now_{now} {}

    [[nodiscard]] steady_time now() const override { return real_->now(); }
    [[nodiscard]] wall_time wall_now() const override { return now_; }
    [[nodiscard]] std::unique_ptr<timer> make_timer(const asio::any_io_executor& ex) override {
        return real_->make_timer(ex);
    }

  private:
    wall_time now_;
    std::shared_ptr<time_source> real_ = real_time_source();
};

// Reaches what is mapped and nothing else.
class mapped_fetcher final : public auth::fetcher {
  public:
    mapped_fetcher(std::shared_ptr<auth::fetcher> inner, const world_options& options)
        : inner_{std::move(inner)}, rules_{options.connect_to}, ca_bundle_{options.ca_bundle} {}

    asio::awaitable<net::fetched> fetch(wire::web_request what, auth::fetch_rules rules) override {
        if (!rule_for(what.where.host, what.where.port)) {
            net::fetched out;
            out.ec = client_errc::connect_failed;
            out.phase = call_phase::connect;
            out.detail = what.where.authority() + " is not mapped";
            co_return out;
        }
        if (!ca_bundle_.empty()) rules.ca_bundle = ca_bundle_;
        co_return co_await inner_->fetch(std::move(what), std::move(rules));
    }

    asio::awaitable<std::vector<asio::ip::address>> addresses_of(std::string host) override {
        error_code is_name;
        const auto literal = asio::ip::make_address(host, is_name);
        std::vector<asio::ip::address> out;
        if (!is_name) out.push_back(literal);
        if (is_name && rule_for(host, 0))
            out = co_await inner_->addresses_of(rule_for(host, 0)->to_host);
        co_return out;
    }

  private:
    [[nodiscard]] const connect_to_rule* rule_for(std::string_view host, std::uint16_t port) const {
        const auto found = std::find_if(rules_.begin(), rules_.end(), [&](const auto& rule) {
            return (rule.host.empty() || rule.host == host) &&
                   (rule.port == 0 || port == 0 || rule.port == port);
        });
        return found == rules_.end() ? nullptr : &*found;
    }

    std::shared_ptr<auth::fetcher> inner_;
    std::vector<connect_to_rule> rules_;
    std::string ca_bundle_;
};

auth::environment environment_of(wire::json_value input) {
    auth::environment::variables out;
    const auto given = input["env"];
    if (given.exists() && !given.is_object()) throw refused{"env is not an object"};
    for (const auto [name, value] : given.members()) {
        if (!value.text()) throw refused{"env has a value that is not a string"};
        out.emplace(name, *value.text());
    }
    return auth::environment{std::move(out)};
}

std::shared_ptr<time_source> time_of(wire::json_value input) {
    const auto now = number(input, "now");
    if (!now) return real_time_source();
    constexpr double last = 253402300799.0; // in the year 9999
    if (!(*now >= 0 && *now <= last)) throw refused{"now is not an instant"};
    return std::make_shared<fixed_day>(
        wire::wall_time{std::chrono::milliseconds{std::llround(*now * 1000)}});
}

std::shared_ptr<auth::fetcher> network(const world_options& options,
                                       const auth::source_context& context) {
    net::transport_config config;
    config.connect_to = options.connect_to;
    if (!options.is_closed())
        config.proxies = [env = context.env] { return auth::proxies_from(env); };
    return std::make_shared<auth::net_fetcher>(
        std::make_shared<net::transport>(context.ex, context.time, std::move(config)));
}

} // namespace

world::world(const world_options& options, wire::json_value case_, asio::any_io_executor ex)
    : sleeps_{std::make_shared<std::vector<std::chrono::milliseconds>>()} {
    context_.ex = std::move(ex);
    context_.time = time_of(case_);
    context_.env = environment_of(case_);
    context_.file_root = text(case_, "fs_root").value_or("");
    context_.user_agent = "redrive-conform";
    context_.random = [] { return std::uint64_t{1} << 63; }; // the middle
    if (options.replay) {
        recorded_ = recorded_exchanges::from_file(*options.replay);
        context_.http = recorded_;
    } else {
        context_.http = network(options, context_);
        if (options.is_closed())
            context_.http = std::make_shared<mapped_fetcher>(context_.http, options);
    }
    const bool is_fixed = case_["now"].exists();
    context_.pause = [is_fixed, sleeps = sleeps_, time = context_.time, on = context_.ex](
                         std::chrono::milliseconds how_long) -> asio::awaitable<void> {
        sleeps->push_back(how_long);
        if (is_fixed) co_return;
        const auto timer = time->make_timer(on);
        co_await net::wait_until(*timer, time->now() + how_long);
    };
}

void world::write_history(wire::json_writer& output) const {
    output.key("sleeps");
    output.begin_array();
    for (const auto each : *sleeps_)
        output.integer(each.count());
    output.end_array();
    if (recorded_) recorded_->write_requests(output);
}

} // namespace redrive::conform
