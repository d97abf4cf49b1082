#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "quick_time.hpp"
#include "redrive/fleet_options.hpp"
#include "sim/authenticate.hpp"
#include "sim/certificates.hpp"
#include "sim/regions.hpp"
#include "sim/server.hpp"
#include "sim/simulation.hpp"
#include "sim/state_report.hpp"
#include "wire/json_reader.hpp"

namespace redrive {

// What GET /_sim/state says, as far as tests look at it.
struct service_state {
    struct task {
        std::string account, region, queue, handle, status, ordered_at;
        std::int64_t to_move = 0;
    };
    std::vector<task> tasks;
    std::map<std::string, std::int64_t> calls; // by operation, whatever the result
    std::vector<std::string> forbidden;
    std::int64_t throttled = 0;

    [[nodiscard]] std::size_t count(std::string_view status) const {
        return static_cast<std::size_t>(std::count_if(
            tasks.begin(), tasks.end(), [&](const auto& each) { return each.status == status; }));
    }
    [[nodiscard]] const task* of_handle(std::string_view handle) const {
        for (const auto& each : tasks)
            if (each.handle == handle) return &each;
        return nullptr;
    }
    [[nodiscard]] const task* of_queue(std::string_view arn) const {
        for (const auto& each : tasks)
            if ("arn:aws:sqs:" + each.region + ":" + each.account + ":" + each.queue == arn)
                return &each;
        return nullptr;
    }
};

inline std::string arn_of(const service_state::task& task) {
    return "arn:aws:sqs:" + task.region + ":" + task.account + ":" + task.queue;
}

inline service_state parse_state(const std::string& text) {
    wire::json_reader reader;
    const auto document = reader.parse(text);
    const auto text_at = [](wire::json_value at, std::string_view key) {
        return std::string{at[key].text().value_or("")};
    };
    service_state out;
    for (const auto each : document["tasks"].elements()) {
        out.tasks.push_back({text_at(each, "account"),
                             text_at(each, "region"),
                             text_at(each, "queue"),
                             text_at(each, "task_handle"),
                             text_at(each, "status"),
                             text_at(each, "ordered_at"),
                             each["to_move"].integer().value_or(0)});
    }
    for (const auto each : document["calls"].elements())
        out.calls[text_at(each, "operation")] += each["count"].integer().value_or(0);
    for (const auto each : document["forbidden"].elements())
        out.forbidden.emplace_back(each.text().value_or(""));
    out.throttled = document["throttled"].integer().value_or(0);
    return out;
}

// The simulator on a free port, with a thread of its own; its time runs as fast as quick_time.
class simulated_service {
  public:
    struct setup {
        sim::fleet_plan fleet{};
        std::vector<std::string> faults{};
        std::vector<std::string> limits{};
        std::uint64_t seed = 1;
        std::optional<sim::certificate_set> identity{}; // none: plain HTTP
    };

    explicit simulated_service(setup how)
        : plan_{how.fleet}, world_{settings_from(how), now()}, server_{context_,
                                                                       world_,
                                                                       "127.0.0.1:0",
                                                                       how.identity} {
        server_.start();
        thread_ = std::thread{[this] { context_.run(); }};
    }
    simulated_service(const simulated_service&) = delete;
    simulated_service& operator=(const simulated_service&) = delete;
    ~simulated_service() {
        context_.stop();
        thread_.join();
    }

    [[nodiscard]] const std::string& url() const { return server_.url(); }

    [[nodiscard]] service_state state() {
        std::promise<std::string> text;
        boost::asio::post(context_, [&] { text.set_value(sim::state_report(world_, now())); });
        return parse_state(text.get_future().get());
    }

    // As at the start, but with these faults.
    void start_over(const std::vector<std::string>& faults) {
        std::promise<void> done;
        boost::asio::post(context_, [&] {
            world_.start_over(now());
            std::vector<sim::fault_rule> rules;
            for (const auto& each : faults)
                rules.push_back(sim::parse_fault(each));
            world_.faults.replace(std::move(rules));
            done.set_value();
        });
        done.get_future().wait();
    }

    [[nodiscard]] std::vector<std::string> regions() const {
        const auto all = sim::fleet_regions();
        return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(plan_.regions)};
    }

    // Every account of the fleet, in every region where it has queues.
    [[nodiscard]] fleet_config config() const {
        fleet_config out;
        for (std::size_t i = 0; i < plan_.accounts; ++i)
            out.accounts.push_back(account(sim::fleet_account(i)));
        out.regions = regions();
        out.time = std::make_shared<quick_time>();
        return out;
    }

    [[nodiscard]] fleet_account account(const std::string& id) const {
        fleet_account out;
        out.name = "sim-" + id;
        out.keys.access_key_id = sim::access_key_of(id);
        out.keys.secret_access_key = secret_text{sim::secret_key_of(id)};
        out.account = id;
        out.region = "us-east-1";
        out.endpoint_url = url();
        return out;
    }

  private:
    static sim::wall_time now() {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
    static sim::simulation_settings settings_from(const setup& how) {
        sim::simulation_settings out;
        out.fleet = how.fleet;
        out.seed = how.seed;
        out.tempo.time_scale = quick_time::times_faster;
        for (const auto& each : how.faults)
            out.faults.push_back(sim::parse_fault(each));
        for (const auto& each : how.limits)
            out.limits.add(each);
        return out;
    }

    sim::fleet_plan plan_;
    sim::simulation world_;
    boost::asio::io_context context_{1};
    sim::server server_;
    std::thread thread_;
};

} // namespace redrive
