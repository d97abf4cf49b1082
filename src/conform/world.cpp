#include "conform/world.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include "auth/net_fetcher.hpp"
#include "auth/proxy_environment.hpp"
#include "conform/client_settings.hpp"
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

// Time passes by waiting only, and waiting takes none.
class instant_clock final : public time_source {
  public:
    using waits = std::vector<std::chrono::milliseconds>;

    instant_clock(wall_time now, std::shared_ptr<waits> waited)
        : wall_{now}, waited_{std::move(waited)} {}

    [[nodiscard]] steady_time now() const override { return steady_; }
    [[nodiscard]] wall_time wall_now() const override { return wall_; }
    [[nodiscard]] std::unique_ptr<timer> make_timer(const asio::any_io_executor& ex) override {
        return std::make_unique<instant_timer>(*this, ex);
    }

  private:
    class instant_timer final : public timer {
      public:
        instant_timer(instant_clock& owner, asio::any_io_executor ex)
            : owner_{owner}, ex_{std::move(ex)} {}

        void async_wait_until(steady_time when,
                              asio::any_completion_handler<void(error_code)> handler) override {
            const auto wait = std::chrono::ceil<std::chrono::milliseconds>(when - owner_.steady_);
            if (wait.count() > 0) owner_.waited_->push_back(wait);
            owner_.steady_ = std::max(owner_.steady_, when);
            asio::post(ex_, asio::append(std::move(handler), error_code{}));
        }
        void cancel() override {}

      private:
        instant_clock& owner_;
        asio::any_io_executor ex_;
    };

    steady_time steady_{};
    wall_time wall_;
    std::shared_ptr<waits> waited_;
};

const connect_to_rule* rule_for(const world_options& options,
                                std::string_view host,
                                std::uint16_t port) {
    const auto& rules = options.connect_to;
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const auto& rule) {
        return (rule.host.empty() || rule.host == host) &&
               (rule.port == 0 || port == 0 || rule.port == port);
    });
    return found == rules.end() ? nullptr : &*found;
}

// Reaches what is mapped and nothing else.
class mapped_fetcher final : public auth::fetcher {
  public:
    mapped_fetcher(std::shared_ptr<auth::fetcher> inner, const world_options& options)
        : inner_{std::move(inner)}, options_{options} {}

    asio::awaitable<net::fetched> fetch(wire::web_request what, auth::fetch_rules rules) override {
        if (!rule_for(options_, what.where.host, what.where.port)) {
            net::fetched out;
            out.ec = client_errc::connect_failed;
            out.phase = call_phase::connect;
            out.detail = what.where.authority() + " is not mapped";
            co_return out;
        }
        if (!options_.ca_bundle.empty()) rules.ca_bundle = options_.ca_bundle;
        co_return co_await inner_->fetch(std::move(what), std::move(rules));
    }

    asio::awaitable<std::vector<asio::ip::address>> addresses_of(std::string host) override {
        error_code is_name;
        const auto literal = asio::ip::make_address(host, is_name);
        std::vector<asio::ip::address> out;
        if (!is_name) out.push_back(literal);
        if (const auto* rule = is_name ? rule_for(options_, host, 0) : nullptr)
            out = co_await inner_->addresses_of(rule->to_host);
        co_return out;
    }

  private:
    std::shared_ptr<auth::fetcher> inner_;
    world_options options_;
};

std::shared_ptr<time_source> time_of(wire::json_value input) {
    const auto now = number(input, "now");
    if (!now) return real_time_source();
    constexpr double last = 253402300799.0; // in the year 9999
    if (!(*now >= 0 && *now <= last)) throw refused{"now is not an instant"};
    return std::make_shared<fixed_day>(
        wire::wall_time{std::chrono::milliseconds{std::llround(*now * 1000)}});
}

net::transport_config network(const world_options& options, const auth::environment& env) {
    net::transport_config config;
    config.connect_to = options.connect_to;
    if (!options.is_closed()) config.proxies = [env] { return auth::proxies_from(env); };
    return config;
}

} // namespace

world::world(const world_options& options, wire::json_value case_, asio::any_io_executor ex)
    : options_{options}, is_fixed_{case_["now"].exists()},
      sleeps_{std::make_shared<std::vector<std::chrono::milliseconds>>()} {
    context_.ex = std::move(ex);
    context_.time = time_of(case_);
    context_.env = environment_of(case_);
    context_.file_root = text(case_, "fs_root").value_or("");
    context_.user_agent = "redrive-conform";
    context_.random = [] { return std::uint64_t{1} << 63; }; // the middle
    transport_ = std::make_shared<net::transport>(
        context_.ex, context_.time, network(options, context_.env));
    if (options.replay) {
        recorded_ = recorded_exchanges::from_file(*options.replay);
        context_.http = recorded_;
    } else {
        context_.http = std::make_shared<auth::net_fetcher>(transport_);
        if (options.is_closed())
            context_.http = std::make_shared<mapped_fetcher>(context_.http, options);
    }
    context_.pause =
        [is_fixed = is_fixed_, sleeps = sleeps_, time = context_.time, on = context_.ex](
            std::chrono::milliseconds how_long) -> asio::awaitable<void> {
        sleeps->push_back(how_long);
        if (is_fixed) co_return;
        const auto timer = time->make_timer(on);
        co_await net::wait_until(*timer, time->now() + how_long);
    };
}

auth::source_context world::context_on(asio::any_io_executor ex) const {
    auto out = context_;
    out.ex = std::move(ex);
    return out;
}

bool world::reaches(const redrive::endpoint& where) const {
    return !options_.is_closed() || rule_for(options_, where.host, where.port) != nullptr;
}

std::shared_ptr<time_source> world::instant_time() const {
    if (!is_fixed_) return nullptr;
    return std::make_shared<instant_clock>(context_.wall_now(), sleeps_);
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
