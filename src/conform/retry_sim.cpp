#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "conform/input.hpp"
#include "conform/verb.hpp"
#include "flow/adaptive_rate.hpp"
#include "flow/clock_skew.hpp"
#include "flow/retry.hpp"

namespace redrive::conform {
namespace {

using std::chrono::milliseconds;

milliseconds to_milliseconds(double seconds) {
    constexpr double furthest = 1e12; // seconds, well inside the range of the type
    if (!(std::abs(seconds) <= furthest)) throw refused{"an instant or a skew is out of range"};
    return milliseconds{std::llround(seconds * 1000)};
}

double to_seconds(milliseconds value) {
    return static_cast<double>(value.count()) / 1000;
}

flow::retry_version version_from(std::string_view text) {
    if (text == "2.0") return flow::retry_version::v2_0;
    if (text == "2.1") return flow::retry_version::v2_1;
    throw refused{"version is neither 2.0 nor 2.1"};
}

flow::transport_failure transport_from(std::optional<std::string_view> text) {
    if (!text) return flow::transport_failure::none;
    if (*text == "connect") return flow::transport_failure::connect;
    if (*text == "reset") return flow::transport_failure::reset;
    if (*text == "read_timeout") return flow::transport_failure::read_timeout;
    if (*text == "tls") return flow::transport_failure::tls;
    if (*text == "dns") return flow::transport_failure::dns;
    throw refused{"transport_error is not one of connect, reset, read_timeout, tls, dns"};
}

std::string_view to_string(flow::retry_outcome value) noexcept {
    switch (value) {
    case flow::retry_outcome::success: return "success";
    case flow::retry_outcome::retry: return "retry";
    case flow::retry_outcome::not_retryable: return "not_retryable";
    case flow::retry_outcome::max_attempts: return "max_attempts";
    case flow::retry_outcome::quota: return "quota";
    }
    return "";
}

std::size_t whole(wire::json_value input, std::string_view name, std::int32_t otherwise) {
    const auto value = integer(input, name).value_or(otherwise);
    if (value < 0) throw refused{std::string{name} + " is negative"};
    return static_cast<std::size_t>(value);
}

flow::retry_config read_config(wire::json_value input) {
    const auto attempts = whole(input, "max_attempts", 3);
    if (attempts == 0) throw refused{"max_attempts is 0"};
    return {version_from(text(input, "version").value_or("2.1")),
            static_cast<std::uint32_t>(attempts)};
}

double read_random(wire::json_value input) {
    const auto value = number(input, "rand").value_or(1);
    if (!(value >= 0 && value <= 1)) throw refused{"rand is not between 0 and 1"};
    return value;
}

bool read_adaptive(wire::json_value input) {
    const auto mode = text(input, "mode").value_or("standard");
    if (mode != "standard" && mode != "adaptive")
        throw refused{"mode is neither standard nor adaptive"};
    return mode == "adaptive";
}

// One reply, or the loss of one.
struct step {
    std::string call;
    flow::attempt_result result;
    wire::http_headers headers;
    std::optional<wire::wall_time> sent, received;
};

std::string call_of(wire::json_value given) {
    const auto name = given["call"];
    if (const auto number = name.integer()) return std::to_string(*number);
    return std::string{text(given, "call").value_or("")};
}

std::optional<wire::wall_time> instant(wire::json_value given, std::string_view name) {
    const auto seconds = number(given, name);
    if (!seconds) return std::nullopt;
    return wire::wall_time{to_milliseconds(*seconds)};
}

step read_step(wire::json_value given) {
    if (!given.is_object()) throw refused{"a step is not an object"};
    step out;
    out.call = call_of(given);
    out.headers = headers(given);
    out.sent = instant(given, "sent_at");
    out.received = instant(given, "received_at");
    if (!out.received) out.received = out.sent;
    out.result.transport = transport_from(text(given, "transport_error"));
    out.result.status = static_cast<unsigned>(whole(given, "status", 0));
    out.result.type_code = text(given, "code").value_or("");
    out.result.legacy_code = text(given, "legacy_code").value_or(out.result.type_code);
    return out;
}

class simulation {
  public:
    explicit simulation(wire::json_value input)
        : config_{read_config(input)}, random_{read_random(input)}, adaptive_{read_adaptive(input)},
          quota_{whole(input, "capacity", 500)}, skew_{to_milliseconds(
                                                     number(input, "client_skew").value_or(0))} {
        const auto service = text(input, "service").value_or("sqs");
        if (service != "sqs" && service != "sts") throw refused{"service is neither sqs nor sts"};
    }

    void play(step next, wire::json_writer& output) {
        std::optional<wire::wall_time> signing_time;
        if (next.sent) signing_time = *next.sent + skew_.current();
        judge_clock(next);
        const auto decision = judge(next);
        adapt(next);
        output.begin_object();
        write_decision(output, decision);
        if (signing_time)
            write_number(output, "signing_time", to_seconds(since_epoch(*signing_time)));
        write_number(output, "client_skew", to_seconds(skew_.current()));
        write_rate(output);
        output.end_object();
    }

  private:
    static milliseconds since_epoch(wire::wall_time at) { return at.time_since_epoch(); }

    static void write_number(wire::json_writer& output, std::string_view name, double value) {
        output.key(name);
        output.number(value);
    }

    void judge_clock(step& next) {
        if (!next.sent || next.result.transport != flow::transport_failure::none) return;
        const auto candidate = skew_.replied(*next.sent, *next.received, next.headers);
        next.result.clock_skewed =
            skew_.explains(next.result.type_code, next.result.legacy_code, candidate);
    }

    flow::retry_decision judge(const step& next) {
        auto& course = courses_.try_emplace(next.call, config_, quota_).first->second;
        const auto retry_after =
            flow::parse_retry_after(wire::find_header(next.headers, "x-amz-retry-after"));
        const auto decision = course.judge(next.result, random_, retry_after);
        // A step of a call that has ended begins the next one of that name.
        if (decision.outcome != flow::retry_outcome::retry) courses_.erase(next.call);
        return decision;
    }

    void adapt(const step& next) {
        if (!adaptive_ || !next.received) return;
        const flow::adaptive_rate::seconds now{to_seconds(since_epoch(*next.received))};
        // The client is as old as the second in which its first reply arrives.
        if (!rate_) rate_.emplace(flow::adaptive_rate::seconds{std::floor(now.count())});
        rate_->replied(now, flow::classify(next.result) == flow::retry_class::throttling);
    }

    void write_decision(wire::json_writer& output, const flow::retry_decision& decision) const {
        write_text(output, "outcome", to_string(decision.outcome));
        if (decision.outcome == flow::retry_outcome::retry) {
            output.key("delay_ms");
            output.integer(decision.delay.count());
        }
        output.key("quota");
        output.integer(static_cast<std::int64_t>(quota_.available()));
    }

    void write_rate(wire::json_writer& output) const {
        if (!rate_) return;
        output.key("enabled");
        output.boolean(rate_->enabled());
        write_number(output, "fill_rate", rate_->fill_rate());
        write_number(output, "measured", rate_->measured());
    }

    flow::retry_config config_;
    double random_;
    bool adaptive_;
    flow::retry_quota quota_;
    flow::clock_skew skew_;
    std::map<std::string, flow::retry_course> courses_;
    std::optional<flow::adaptive_rate> rate_;
};

} // namespace

answer retry_sim(wire::json_value input, wire::json_writer& output) {
    simulation run{input};
    if (!input["steps"].is_array()) throw refused{"steps is not a list"};
    output.begin_object();
    output.key("steps");
    output.begin_array();
    for (const auto given : input["steps"].elements())
        run.play(read_step(given), output);
    output.end_array();
    output.end_object();
    return answer::given;
}

} // namespace redrive::conform
