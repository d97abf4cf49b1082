#include "sim/control.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/ascii.hpp"
#include "sim/state_report.hpp"
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"

namespace redrive::sim {
namespace {

control_reply refuse(unsigned status, std::string_view why) {
    control_reply reply{status, {}};
    wire::json_writer out{reply.body};
    out.begin_object();
    out.key("error");
    out.text(why);
    out.end_object();
    return reply;
}

std::vector<fault_rule> faults_from_json(std::string_view text) {
    wire::json_reader reader;
    auto document = reader.parse(text);
    if (document.is_object()) document = document["faults"];
    if (!document.is_array())
        throw std::invalid_argument{"expected an array of rules, or an object with one as faults"};
    std::vector<fault_rule> rules;
    for (const auto element : document.elements()) {
        const auto rule = element.text();
        if (!rule) throw std::invalid_argument{"a rule must be a text"};
        rules.push_back(parse_fault(*rule));
    }
    return rules;
}

std::vector<fault_rule> faults_from_lines(std::string_view text) {
    std::vector<fault_rule> rules;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty()) rules.push_back(parse_fault(line));
    }
    return rules;
}

control_reply replace_faults(std::string_view body, simulation& subject) {
    try {
        const auto rules = trimmed(body);
        const bool is_json = rules.starts_with('[') || rules.starts_with('{');
        subject.faults.replace(is_json ? faults_from_json(body) : faults_from_lines(body));
    } catch (const std::invalid_argument& why) {
        return refuse(400, why.what());
    }
    return {200, R"({"faults":)" + std::to_string(subject.faults.size()) + "}"};
}

} // namespace

bool is_control(std::string_view target) noexcept {
    return target.starts_with("/_sim");
}

control_reply answer_control(const wire::http_request& request,
                             simulation& subject,
                             wall_time now) {
    const bool reads = request.method == "GET", writes = request.method == "POST";
    if (reads && request.target == "/_sim/state") return {200, state_report(subject, now)};
    if (writes && request.target == "/_sim/faults") return replace_faults(request.body, subject);
    if (writes && request.target == "/_sim/reset") {
        subject.start_over(now);
        return {200, "{}"};
    }
    return refuse(404, "there are GET /_sim/state, POST /_sim/faults and POST /_sim/reset");
}

} // namespace redrive::sim
