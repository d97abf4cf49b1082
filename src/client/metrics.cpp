#include "redrive/metrics.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <utility>

namespace redrive {
namespace {

using namespace std::chrono_literals;

constexpr latency_histogram::duration first_bound = 100us;

// Why an attempt is made again.
std::string_view cause_of(const error_code& ec) noexcept {
    if (ec == service_errc::throttled) return "throttled";
    if (ec == service_errc::clock_skew) return "clock";
    if (ec == service_errc::expired_credentials) return "credentials";
    if (ec.category() == service_category()) return "service";
    if (ec == client_errc::connection_lost) return "connection_lost";
    if (ec == client_errc::read_timeout) return "read_timeout";
    if (ec == client_errc::resolve_failed) return "resolve";
    if (ec == client_errc::connect_failed || ec == client_errc::connect_timeout) return "connect";
    if (ec == client_errc::tls_failed || ec == client_errc::tls_timeout) return "tls";
    if (ec == client_errc::proxy_failed) return "proxy";
    return "other";
}

double seconds(latency_histogram::duration span) noexcept {
    return std::chrono::duration<double>(span).count();
}

// A label's value, with the three escapes that the format has.
std::string label(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::string labelled(std::string_view name, std::string_view value) {
    return std::string{name} + "=\"" + label(value) + "\"";
}

template <class Number>
std::string text_of(Number value) {
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return {digits.data(), end};
}

// Writes families one after the other: every line of one stands together.
class exposition {
  public:
    void family(std::string_view name, std::string_view type, std::string_view help) {
        name_ = name;
        append({"# HELP ", name, " ", help, "\n# TYPE ", name, " ", type, "\n"});
    }
    template <class Number>
    void sample(std::string_view labels, Number value, std::string_view suffix = {}) {
        append({name_, suffix, "{", labels, "} ", text_of(value), "\n"});
    }
    void histogram(const std::string& labels, const latency_histogram& of) {
        std::uint64_t so_far = 0;
        for (std::size_t i = 0; i < latency_histogram::buckets; ++i) {
            so_far += of.counts[i];
            const bool is_last = i + 1 == latency_histogram::buckets;
            const auto bound = is_last ? "+Inf" : text_of(seconds(latency_histogram::bound(i)));
            sample(labels + "," + labelled("le", bound), so_far, "_bucket");
        }
        sample(labels, seconds(of.sum), "_sum");
        sample(labels, of.count, "_count");
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

  private:
    void append(std::initializer_list<std::string_view> parts) {
        for (const auto part : parts)
            text_ += part;
    }

    std::string text_;
    std::string_view name_;
};

std::string of_operation(std::string_view name) {
    return labelled("operation", name);
}

void write_calls(exposition& out, const metrics_collector& calls) {
    struct counter {
        const char* name;
        const char* help;
        std::uint64_t operation_metrics::*value;
    };
    static constexpr counter counters[] = {
        {"redrive_calls_total", "Calls that ended.", &operation_metrics::calls},
        {"redrive_call_failures_total",
         "Calls that ended in an error.",
         &operation_metrics::failed},
        {"redrive_attempts_total", "Attempts of calls.", &operation_metrics::attempts},
        {"redrive_throttles_total",
         "Attempts that the service throttled.",
         &operation_metrics::throttled},
        {"redrive_resends_total",
         "Requests sent again after a lost connection, outside the retry rules.",
         &operation_metrics::resent},
    };
    for (const auto& each : counters) {
        out.family(each.name, "counter", each.help);
        for (const auto& [name, of] : calls.operations())
            out.sample(of_operation(name), of.*each.value);
    }
    out.family("redrive_retries_total", "counter", "Attempts that were made again, by cause.");
    for (const auto& [name, of] : calls.operations())
        for (const auto& [cause, count] : of.retries)
            out.sample(of_operation(name) + "," + labelled("cause", cause), count);
}

void write_latencies(exposition& out, const metrics_collector& calls) {
    struct phase {
        const char* name;
        const char* help;
        latency_histogram operation_metrics::*value;
    };
    static constexpr phase phases[] = {
        {"redrive_call_seconds", "Calls, from initiation to end.", &operation_metrics::total},
        {"redrive_queue_seconds",
         "Attempts, until a connection took the request.",
         &operation_metrics::queue},
        {"redrive_service_seconds",
         "Attempts, from there to the reply.",
         &operation_metrics::service},
        {"redrive_backoff_seconds", "Pauses before another attempt.", &operation_metrics::backoff},
    };
    for (const auto& each : phases) {
        out.family(each.name, "histogram", each.help);
        for (const auto& [name, of] : calls.operations())
            out.histogram(of_operation(name), of.*each.value);
    }
}

void write_endpoints(exposition& out, const std::vector<endpoint_metrics>& endpoints) {
    const auto each_endpoint = [&](auto write) {
        for (const auto& of : endpoints)
            write(labelled("endpoint", of.address), of);
    };
    const auto family = [&](const char* name, const char* type, const char* help, auto value) {
        out.family(name, type, help);
        each_endpoint([&](const std::string& labels, const endpoint_metrics& of) {
            out.sample(labels, of.*value);
        });
    };
    out.family("redrive_connections", "gauge", "Connections, by what they do.");
    each_endpoint([&](const std::string& labels, const endpoint_metrics& of) {
        out.sample(labels + ",state=\"busy\"", of.open - of.idle);
        out.sample(labels + ",state=\"idle\"", of.idle);
        out.sample(labels + ",state=\"opening\"", of.opening);
    });
    using metrics = endpoint_metrics;
    family("redrive_waiting_calls", "gauge", "Calls without a connection.", &metrics::waiting);
    family("redrive_requests_in_flight", "gauge", "Requests without a reply.", &metrics::in_flight);
    family("redrive_pipeline_depth",
           "gauge",
           "Requests in flight that one connection may have.",
           &metrics::depth);
    family("redrive_connections_opened_total", "counter", "Connections.", &metrics::opened);
    family("redrive_connection_failures_total",
           "counter",
           "Connections that could not be opened.",
           &metrics::open_failures);
    family("redrive_connections_lost_total",
           "counter",
           "Connections that took requests with them.",
           &metrics::lost);
    family("redrive_stale_resends_total",
           "counter",
           "Requests sent again for free.",
           &metrics::stale_resends);
    family("redrive_replies_total", "counter", "Replies.", &metrics::replies);
    family("redrive_tls_handshakes_total", "counter", "TLS handshakes.", &metrics::handshakes);
    family("redrive_tls_resumptions_total",
           "counter",
           "TLS handshakes that took up an earlier session.",
           &metrics::resumed);
    family("redrive_sent_bytes_total", "counter", "Bytes of requests.", &metrics::bytes_sent);
    family(
        "redrive_received_bytes_total", "counter", "Bytes of replies.", &metrics::bytes_received);
}

} // namespace

void latency_histogram::add(duration span) noexcept {
    std::size_t bucket = 0;
    while (bucket + 1 < buckets && span > bound(bucket))
        ++bucket;
    ++counts[bucket];
    ++count;
    sum += std::max(span, duration::zero());
}

latency_histogram::duration latency_histogram::bound(std::size_t bucket) noexcept {
    return bucket + 1 < buckets ? first_bound * (1 << bucket) : duration::max();
}

operation_metrics& metrics_collector::of(std::string_view operation) {
    const auto at = operations_.find(operation);
    return at != operations_.end() ? at->second : operations_[std::string{operation}];
}

void metrics_collector::attempt_ended(const attempt_record& what) {
    auto& one = of(what.operation);
    ++one.attempts;
    if (what.ec == service_errc::throttled) ++one.throttled;
    one.queue.add(what.sent.value_or(what.ended) - what.began);
    if (what.sent) one.service.add(what.ended - *what.sent);
    if (!what.pause) return;
    one.backoff.add(*what.pause);
    ++one.retries[std::string{cause_of(what.ec)}];
}

void metrics_collector::call_ended(const call_record& what) {
    auto& one = of(what.operation);
    ++one.calls;
    if (what.ec) ++one.failed;
    one.resent += what.info.resent;
    one.total.add(what.ended - what.began);
}

std::string to_prometheus(const metrics_collector& calls,
                          const std::vector<endpoint_metrics>& endpoints) {
    exposition out;
    write_calls(out, calls);
    write_latencies(out, calls);
    write_endpoints(out, endpoints);
    return out.take();
}

} // namespace redrive
