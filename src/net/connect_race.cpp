#include "net/connect_race.hpp"

#include <algorithm>
#include <deque>

#include "net/waiting.hpp"

namespace redrive::net {
namespace {

constexpr std::size_t most_failures_told = 3;

std::string text_of(const asio::ip::tcp::endpoint& address) {
    const auto text = address.address().to_string();
    return (address.address().is_v6() ? "[" + text + "]" : text) + ":" +
           std::to_string(address.port());
}

} // namespace

struct connect_race::attempt {
    enum class stage : std::uint8_t {
        connecting,
        connected,
        refused, // the plan does not know yet
        over,
    };

    attempt(const asio::any_io_executor& ex, std::size_t which) : socket{ex}, address{which} {}

    tcp::socket socket;
    std::size_t address;
    stage at = stage::connecting;
    error_code ec = {};
};

struct connect_race::state {
    state(asio::any_io_executor executor, time_source& time)
        : ex{std::move(executor)}, alarm{time.make_timer(ex)}, changed{ex} {}

    asio::any_io_executor ex;
    std::unique_ptr<time_source::timer> alarm;
    wakeup changed;
    std::deque<attempt> attempts; // their places stay
    bool stopped = false;
};

connect_race::connect_race(asio::any_io_executor ex,
                           std::shared_ptr<time_source> time,
                           std::vector<tcp::endpoint> addresses,
                           flow::connect_timing timing,
                           std::shared_ptr<flow::failed_addresses> memory)
    : time_{std::move(time)}, addresses_{std::move(addresses)}, timing_{timing},
      memory_{std::move(memory)}, state_{std::make_shared<state>(std::move(ex), *time_)},
      last_{open_failure(client_errc::connect_failed, call_phase::connect, {})} {}

connect_race::~connect_race() {
    end();
}

asio::awaitable<open_result> connect_race::run(tcp::socket& into) {
    auto plan = make_plan();
    while (!state_->stopped) {
        for (auto& each : state_->attempts) {
            if (each.at != attempt::stage::connected) continue;
            into = std::move(each.socket);
            won(each.address);
            co_return open_result{};
        }
        note_failures(plan);
        while (const auto next = plan.to_start(time_->now()))
            start(*next);
        const auto when = plan.next_event();
        if (!when) co_return last_;
        set_alarm(*when);
        co_await state_->changed.wait();
    }
    co_return open_failure(client_errc::client_closed, call_phase::connect, {});
}

void connect_race::stop() {
    state_->stopped = true;
    state_->changed.notify();
}

flow::connect_plan connect_race::make_plan() const {
    using family = flow::connect_candidate::family;
    std::vector<flow::connect_candidate> candidates;
    for (const auto& each : addresses_)
        candidates.push_back({each.address().is_v6() ? family::v6 : family::v4,
                              memory_ && memory_->failed_lately(text_of(each), time_->now())});
    return flow::connect_plan{candidates, timing_};
}

void connect_race::start(std::size_t address) {
    auto& one = state_->attempts.emplace_back(state_->ex, address);
    one.socket.async_connect(addresses_[address], [&one, all = state_](error_code ec) {
        if (one.at != attempt::stage::connecting) return;
        one.at = ec ? attempt::stage::refused : attempt::stage::connected;
        one.ec = ec;
        all->changed.notify();
    });
}

void connect_race::note_failures(flow::connect_plan& plan) {
    for (auto& each : state_->attempts) {
        if (each.at != attempt::stage::refused) continue;
        each.at = attempt::stage::over;
        plan.failed(each.address, time_->now());
        failed(each.address, client_errc::connect_failed, each.ec.message());
    }
    while (const auto silent = plan.to_give_up(time_->now())) {
        failed(*silent, client_errc::connect_timeout, "no answer");
        for (auto& each : state_->attempts) {
            if (each.address != *silent) continue;
            each.at = attempt::stage::over;
            error_code ignored;
            each.socket.close(ignored);
        }
    }
}

void connect_race::failed(std::size_t address, client_errc ec, const std::string& why) {
    const auto where = text_of(addresses_[address]);
    if (memory_) memory_->failed(where, time_->now());
    last_.ec = ec;
    if (++told_ > most_failures_told) return;
    last_.detail += (last_.detail.empty() ? "" : "; ") + where + ": " + why;
}

// What had a head start and lost is slow enough to be tried last for a while.
void connect_race::won(std::size_t winner) {
    if (!memory_) return;
    for (const auto& each : state_->attempts) {
        if (each.address == winner) break;
        memory_->failed(text_of(addresses_[each.address]), time_->now());
    }
    memory_->connected(text_of(addresses_[winner]));
}

void connect_race::set_alarm(flow::connect_plan::time when) {
    state_->alarm->async_wait_until(when, [all = state_](error_code ec) {
        if (!ec) all->changed.notify();
    });
}

void connect_race::end() {
    for (auto& each : state_->attempts) {
        each.at = attempt::stage::over;
        error_code ignored;
        each.socket.close(ignored);
    }
    state_->alarm->cancel();
}

} // namespace redrive::net
