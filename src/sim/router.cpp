#include "sim/router.hpp"

#include <utility>

#include "sim/control.hpp"
#include "sim/operations.hpp"
#include "sim/sts_operations.hpp"
#include "wire/http_header.hpp"

namespace redrive::sim {
namespace {

constexpr std::string_view target_prefix = "AmazonSQS.";
constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::size_t longest_operation = 64;

enum class protocol : std::uint8_t { sqs_json, sts_query };

std::string_view result_name(fault_action action) {
    switch (action) {
    case fault_action::close: return "close";
    case fault_action::reset: return "reset";
    case fault_action::half: return "half";
    case fault_action::garbage: return "garbage";
    default: return "ok";
    }
}

} // namespace

struct router::exchange {
    const wire::http_request& request;
    std::uint64_t place = 0;
    wall_time arrived, now;
    protocol speaks = protocol::sqs_json;
    std::string_view operation;
    claimed_identity identity;
    fault_verdict verdict;
    std::string request_id;
    bool close = false;

    void recognise() {
        const auto target = wire::find_header(request.headers, "x-amz-target");
        if (target.starts_with(target_prefix)) {
            operation = target.substr(target_prefix.size());
        } else if (wire::find_header(request.headers, "content-type").starts_with(form_type)) {
            speaks = protocol::sts_query;
            operation = form_action(request.body);
        }
        if (operation.empty() || operation.size() > longest_operation) operation = "unknown";
    }
    [[nodiscard]] wall_time server_time() const { return now + verdict.date_offset; }
};

router::router(simulation& subject)
    : simulation_{subject}, request_ids_{mix(subject.settings().seed)} {}

delivery router::answer(const wire::http_request& request,
                        std::uint64_t place,
                        wall_time now,
                        std::string& out) {
    delivery how;
    exchange current{.request = request,
                     .place = place,
                     .arrived = now,
                     .now = now,
                     .operation = {},
                     .identity = {},
                     .verdict = {},
                     .request_id = request_ids_.uuid()};
    current.close = how.then_close = !request.keep_alive;
    if (is_control(request.target)) {
        const auto reply = answer_control(request, simulation_, now);
        write(current,
              {.status = reply.status,
               .content_type = "application/json",
               .body = reply.body,
               .request_id = {},
               .query_error = {}},
              out);
        return how;
    }
    current.recognise();
    current.identity = read_identity(request);
    current.verdict = simulation_.faults.judge(
        current.operation, current.identity.account(), current.identity.region());
    apply(current.verdict, current, how);
    current.close = how.then_close && how.how == delivery::way::whole;
    answer_service(current, how, out);
    return how;
}

void router::ask_again(const wire::http_request& request,
                       delivery& how,
                       wall_time arrived,
                       wall_time now,
                       std::string& out) {
    how.wait_until.reset();
    exchange current{.request = request,
                     .arrived = arrived,
                     .now = now,
                     .operation = {},
                     .identity = read_identity(request),
                     .verdict = {},
                     .request_id = request_ids_.uuid(),
                     .close = how.then_close};
    current.recognise();
    call_operation(current, how, out);
}

void router::apply(const fault_verdict& verdict, const exchange& current, delivery& how) {
    how.delay = verdict.delay;
    switch (verdict.action) {
    case fault_action::close: how.how = delivery::way::none; break;
    case fault_action::reset: how.how = delivery::way::reset; break;
    case fault_action::half: how.how = delivery::way::half; break;
    case fault_action::drip:
        how.how = delivery::way::drip;
        how.drip_pause = milliseconds{verdict.number};
        break;
    case fault_action::garbage: how.then_close = true; break;
    case fault_action::stale: how.idle_limit = milliseconds{verdict.number}; break;
    case fault_action::close_after:
        if (current.place >= static_cast<std::uint64_t>(verdict.number)) how.then_close = true;
        break;
    case fault_action::drop_pipeline: how.close_if_pipelined = true; break;
    case fault_action::no_pipelining: how.ignore_behind = true; break;
    case fault_action::none:
    case fault_action::throttle:
    case fault_action::error:
    case fault_action::html:
    case fault_action::delay:
    case fault_action::date:
    case fault_action::tls_fail: break;
    }
}

void router::answer_service(exchange& current, delivery& how, std::string& out) {
    switch (current.verdict.action) {
    case fault_action::throttle:
    case fault_action::error:
    case fault_action::html: return answer_instead(current, out);
    default: break;
    }
    try {
        admit(current);
    } catch (const api_error& error) {
        return write_error(current, error, out);
    }
    const auto start = out.size();
    call_operation(current, how, out);
    if (current.verdict.action == fault_action::garbage) {
        out.resize(start);
        out += "\x01\x02 this is no HTTP\r\n\r\n";
    }
}

void router::answer_instead(exchange& current, std::string& out) {
    const auto& verdict = current.verdict;
    if (verdict.action == fault_action::html) {
        record(current, "html");
        return write(current,
                     {.status = static_cast<unsigned>(verdict.number),
                      .content_type = html_type,
                      .body = "<html><body><h1>A proxy says no</h1></body></html>\n",
                      .request_id = {},
                      .query_error = {}},
                     out);
    }
    api_error error{verdict.action == fault_action::throttle ? "RequestThrottled" : verdict.text};
    if (verdict.number != 0) error.status = static_cast<unsigned>(verdict.number);
    write_error(current, error, out);
}

void router::admit(const exchange& current) {
    authenticate(current.request,
                 current.identity,
                 current.speaks == protocol::sqs_json ? "sqs" : "sts",
                 simulation_.state(),
                 current.server_time());
    if (!simulation_.limits.admits(
            current.operation, current.identity.account(), current.identity.region(), current.now))
        throw api_error{"RequestThrottled"};
}

void router::call_operation(exchange& current, delivery& how, std::string& out) {
    body_.clear();
    try {
        if (current.request.method != "POST") throw api_error{"UnknownOperationException"};
        if (current.speaks == protocol::sqs_json)
            call_sqs(current, how);
        else if (current.operation == "GetCallerIdentity")
            append_caller_identity(body_, current.identity.account(), current.request_id);
        else
            throw api_error{"UnknownOperationException"};
    } catch (const api_error& error) {
        return write_error(current, error, out);
    }
    if (how.wait_until) return;
    record(current, result_name(current.verdict.action));
    const auto type = current.speaks == protocol::sqs_json ? json_type : xml_type;
    write(current, {.content_type = type, .body = body_, .request_id = {}, .query_error = {}}, out);
}

void router::call_sqs(exchange& current, delivery& how) {
    const auto handler = find_operation(current.operation);
    if (handler == nullptr) throw api_error{"UnknownOperationException"};
    const auto& text = current.request.body;
    const auto input = reader_.parse(text, text.capacity());
    if (!input.is_object()) throw api_error{"SerializationException"};
    wire::json_writer writer{body_};
    auto& state = simulation_.state();
    handler({.where = state.at(current.identity.account(), current.identity.region()),
             .random = state.random(),
             .tempo = state.tempo(),
             .base_url = base_url_,
             .now = current.now,
             .input = input,
             .out = writer,
             .wait_until = how.wait_until,
             .arrived = current.arrived});
}

void router::write_error(const exchange& current, const api_error& error, std::string& out) {
    record(current, error.type);
    body_.clear();
    if (current.speaks == protocol::sts_query) {
        append_xml_error(body_, error, current.request_id);
        return write(current,
                     {.status = error.status,
                      .content_type = xml_type,
                      .body = body_,
                      .request_id = {},
                      .query_error = {}},
                     out);
    }
    append_json_error(body_, error);
    std::string query_error;
    if (wire::find_header(current.request.headers, "x-amzn-query-mode") == "true")
        query_error = error.legacy_code + (error.status < 500 ? ";Sender" : ";Receiver");
    write(current,
          {.status = error.status, .body = body_, .request_id = {}, .query_error = query_error},
          out);
}

void router::write(const exchange& current, reply_parts parts, std::string& out) {
    parts.request_id = current.request_id;
    parts.close = current.close;
    writer_.append(out, parts, current.server_time());
}

void router::record(const exchange& current, std::string_view result) {
    simulation_.ledger.record(
        current.operation, current.identity.account(), current.identity.region(), result);
}

} // namespace redrive::sim
