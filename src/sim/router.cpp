#include "sim/router.hpp"

#include <utility>

#include "sim/control.hpp"
#include "sim/operations.hpp"
#include "sim/organization_operations.hpp"
#include "sim/role_input.hpp"
#include "sim/sts_operations.hpp"
#include "wire/http_header.hpp"
#include "wire/query_form.hpp"

namespace redrive::sim {
namespace {

constexpr std::string_view sqs_prefix = "AmazonSQS.";
constexpr std::string_view organizations_prefix = "AWSOrganizationsV20161128.";
constexpr std::string_view organizations_region = "us-east-1";
constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::size_t longest_operation = 64;

enum class protocol : std::uint8_t { sqs_json, sts_query, organizations_json };

std::string_view signing_name(protocol of) noexcept {
    switch (of) {
    case protocol::sqs_json: return "sqs";
    case protocol::sts_query: return "sts";
    case protocol::organizations_json: return "organizations";
    }
    return {};
}

std::string_view content_type(protocol of) noexcept {
    switch (of) {
    case protocol::sqs_json: return json_type;
    case protocol::sts_query: return xml_type;
    case protocol::organizations_json: return json_1_1_type;
    }
    return {};
}

std::string_view throttle_error(protocol of) noexcept {
    switch (of) {
    case protocol::sqs_json: return "RequestThrottled";
    case protocol::sts_query: return "Throttling";
    case protocol::organizations_json: return "TooManyRequestsException";
    }
    return {};
}

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
    std::string request_id;
    bool close = false;
    protocol speaks = protocol::sqs_json;
    std::optional<wire::query_form> form{}; // of STS; nothing when it cannot be read
    std::string_view operation{};
    claimed_identity identity{};
    std::optional<role_session> role{}; // that signed
    fault_verdict verdict{};

    void recognise() {
        const auto target = wire::find_header(request.headers, "x-amz-target");
        if (target.starts_with(sqs_prefix)) {
            operation = target.substr(sqs_prefix.size());
        } else if (target.starts_with(organizations_prefix)) {
            speaks = protocol::organizations_json;
            operation = target.substr(organizations_prefix.size());
        } else if (wire::find_header(request.headers, "content-type").starts_with(form_type)) {
            speaks = protocol::sts_query;
            form = wire::query_form::parse(request.body);
            operation = parameter("Action");
        }
        if (operation.empty() || operation.size() > longest_operation) operation = "unknown";
        identity = read_identity(request);
    }
    [[nodiscard]] bool needs_signature() const noexcept {
        return speaks != protocol::sts_query || !is_unsigned_sts_operation(operation);
    }
    // Without a signature it is the role's, which belongs to its account.
    [[nodiscard]] std::string_view account() const noexcept {
        return needs_signature() ? identity.account() : account_of_role(parameter("RoleArn"));
    }
    [[nodiscard]] std::string_view region() const noexcept { return identity.region(); }
    [[nodiscard]] wall_time server_time() const { return now + verdict.date_offset; }

  private:
    [[nodiscard]] std::string_view parameter(std::string_view name) const noexcept {
        return form ? (*form)[name].value_or(std::string_view{}) : std::string_view{};
    }
};

router::router(simulation& subject)
    : simulation_{subject}, request_ids_{mix(subject.settings().seed)} {}

delivery router::answer(const wire::http_request& request,
                        std::uint64_t place,
                        wall_time now,
                        std::string& out) {
    delivery how;
    exchange current{request, place, now, now, request_ids_.uuid()};
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
    current.verdict =
        simulation_.faults.judge(current.operation, current.account(), current.region());
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
    exchange current{request, 0, arrived, now, request_ids_.uuid(), how.then_close};
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
    api_error error{verdict.action == fault_action::throttle ? throttle_error(current.speaks)
                                                             : verdict.text};
    if (verdict.number != 0) error.status = static_cast<unsigned>(verdict.number);
    write_error(current, error, out);
}

void router::admit(exchange& current) {
    if (current.needs_signature())
        current.role = authenticate(current.request,
                                    current.identity,
                                    signing_name(current.speaks),
                                    simulation_.state(),
                                    simulation_.role_keys(),
                                    current.server_time());
    if (!simulation_.limits.admits(
            current.operation, current.account(), current.region(), current.now))
        throw api_error{throttle_error(current.speaks)};
}

void router::call_operation(exchange& current, delivery& how, std::string& out) {
    body_.clear();
    try {
        if (current.request.method != "POST") throw api_error{"UnknownOperationException"};
        switch (current.speaks) {
        case protocol::sqs_json: call_sqs(current, how); break;
        case protocol::sts_query: call_sts(current); break;
        case protocol::organizations_json: call_organizations(current); break;
        }
    } catch (const api_error& error) {
        return write_error(current, error, out);
    }
    if (how.wait_until) return;
    record(current, result_name(current.verdict.action));
    write(current,
          {.content_type = content_type(current.speaks),
           .body = body_,
           .request_id = {},
           .query_error = {}},
          out);
}

wire::json_value router::read_input(const exchange& current) {
    const auto& text = current.request.body;
    const auto input = reader_.parse(text, text.capacity());
    if (!input.is_object()) throw api_error{"SerializationException"};
    return input;
}

void router::call_sqs(exchange& current, delivery& how) {
    const auto handler = find_operation(current.operation);
    if (handler == nullptr) throw api_error{"UnknownOperationException"};
    const auto input = read_input(current);
    wire::json_writer writer{body_};
    auto& state = simulation_.state();
    handler({.where = state.at(current.account(), current.region()),
             .random = state.random(),
             .tempo = state.tempo(),
             .base_url = base_url_,
             .now = current.now,
             .input = input,
             .out = writer,
             .wait_until = how.wait_until,
             .arrived = current.arrived});
}

void router::call_sts(exchange& current) {
    const auto handler = find_sts_operation(current.operation);
    if (!current.form) throw api_error{"MalformedInput"};
    if (handler == nullptr) throw api_error{"UnknownOperationException"};
    handler({.input = *current.form,
             .account = current.account(),
             .role = current.role,
             .state = simulation_.state(),
             .roles = simulation_.settings().roles,
             .role_keys = simulation_.role_keys(),
             .request_id = current.request_id,
             .now = current.server_time(),
             .out = body_});
}

void router::call_organizations(exchange& current) {
    if (current.operation != "ListAccounts") throw api_error{"UnknownOperationException"};
    if (current.region() != organizations_region)
        throw api_error{"InvalidSignatureException",
                        "Credential should be scoped to a valid region."};
    list_accounts({current.account(), simulation_.state(), read_input(current), body_});
}

void router::write_error(const exchange& current, const api_error& error, std::string& out) {
    record(current, error.type);
    body_.clear();
    auto status = error.status;
    std::string query_error;
    switch (current.speaks) {
    case protocol::sqs_json:
        append_json_error(body_, error);
        if (wire::find_header(current.request.headers, "x-amzn-query-mode") == "true")
            query_error = error.legacy_code + (error.status < 500 ? ";Sender" : ";Receiver");
        break;
    case protocol::sts_query: append_xml_error(body_, error, current.request_id); break;
    case protocol::organizations_json:
        append_plain_json_error(body_, error);
        // Whoever is to blame decides, not what went wrong.
        if (status < 500) status = 400;
        break;
    }
    write(current,
          {.status = status,
           .content_type = content_type(current.speaks),
           .body = body_,
           .request_id = {},
           .query_error = query_error},
          out);
}

void router::write(const exchange& current, reply_parts parts, std::string& out) {
    parts.request_id = current.request_id;
    parts.close = current.close;
    writer_.append(out, parts, current.server_time());
}

void router::record(const exchange& current, std::string_view result) {
    simulation_.ledger.record(current.operation, current.account(), current.region(), result);
}

} // namespace redrive::sim
