#include "sim/fault_rules.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "sim/key_values.hpp"
#include "sim/random_source.hpp"

namespace redrive::sim {
namespace {

enum class argument : std::uint8_t { none, optional_number, number, signed_number, code };

struct action_name {
    std::string_view name;
    fault_action action;
    argument takes;
    std::int64_t preset = 0;
};

constexpr action_name action_names[] = {
    {"throttle", fault_action::throttle, argument::none},
    {"error", fault_action::error, argument::code},
    {"html", fault_action::html, argument::number},
    {"delay", fault_action::delay, argument::number},
    {"date", fault_action::date, argument::signed_number},
    {"close", fault_action::close, argument::none},
    {"reset", fault_action::reset, argument::none},
    {"half", fault_action::half, argument::none},
    {"drip", fault_action::drip, argument::optional_number, 1},
    {"garbage", fault_action::garbage, argument::none},
    {"stale", fault_action::stale, argument::optional_number, 50},
    {"close-after", fault_action::close_after, argument::number},
    {"drop-pipeline", fault_action::drop_pipeline, argument::none},
    {"no-pipelining", fault_action::no_pipelining, argument::none},
    {"tls-fail", fault_action::tls_fail, argument::none},
};

void read_code(fault_rule& rule, std::string_view text) {
    const auto colon = std::min(text.find(':'), text.size());
    rule.text = text.substr(0, colon);
    if (colon < text.size()) rule.number = whole_number("status", text.substr(colon + 1));
    if (rule.text.empty() || (rule.number != 0 && (rule.number < 400 || rule.number > 599)))
        throw std::invalid_argument{"error needs a code, and a status of 400 to 599 if any"};
}

void read_action(fault_rule& rule, std::string_view text) {
    const auto colon = std::min(text.find(':'), text.size());
    const auto name = text.substr(0, colon);
    const auto given = text.substr(std::min(colon + 1, text.size()));
    const auto row = std::ranges::find(action_names, name, &action_name::name);
    if (row == std::end(action_names))
        throw std::invalid_argument{"unknown action '" + std::string{name} + "'"};
    rule.action = row->action;
    rule.number = row->preset;
    switch (row->takes) {
    case argument::none:
        if (!given.empty()) throw std::invalid_argument{std::string{name} + " takes no argument"};
        break;
    case argument::optional_number:
        if (!given.empty()) rule.number = whole_number(name, given);
        break;
    case argument::number: rule.number = whole_number(name, given); break;
    case argument::signed_number:
        rule.number = given.starts_with('-') ? -whole_number(name, given.substr(1))
                                             : whole_number(name, given);
        break;
    case argument::code: read_code(rule, given); break;
    }
    if (rule.action == fault_action::html && (rule.number < 300 || rule.number > 599))
        throw std::invalid_argument{"html needs a status of 300 to 599"};
}

void read_trigger(fault_rule& rule,
                  fault_trigger trigger,
                  std::string_view key,
                  std::string_view value) {
    if (rule.trigger != fault_trigger::always)
        throw std::invalid_argument{"only one of nth, every and p can be given"};
    rule.trigger = trigger;
    rule.trigger_number = trigger == fault_trigger::probability ? positive_number(key, value)
                                                                : double(whole_number(key, value));
    if (rule.trigger_number == 0) throw std::invalid_argument{std::string{key} + " must not be 0"};
}

bool matches(std::string_view wanted, std::string_view given) {
    return wanted.empty() || wanted == "*" || wanted == given;
}

} // namespace

fault_rule parse_fault(std::string_view text) {
    fault_rule rule;
    for (const auto& [key, value] : split_key_values(text)) {
        if (key == "op")
            rule.operation = value;
        else if (key == "account")
            rule.account = value;
        else if (key == "region")
            rule.region = value;
        else if (key == "nth")
            read_trigger(rule, fault_trigger::nth, key, value);
        else if (key == "every")
            read_trigger(rule, fault_trigger::every, key, value);
        else if (key == "p")
            read_trigger(rule, fault_trigger::probability, key, value);
        else if (key == "do")
            read_action(rule, value);
        else
            throw std::invalid_argument{"unknown key '" + key + "'"};
    }
    if (rule.action == fault_action::none) throw std::invalid_argument{"a fault needs do=ACTION"};
    return rule;
}

void fault_rules::replace(std::vector<fault_rule> rules) {
    rules_.clear();
    for (auto& rule : rules)
        rules_.push_back({std::move(rule), 0});
}

bool fault_rules::fires(std::size_t index) {
    auto& [rule, seen] = rules_[index];
    ++seen;
    switch (rule.trigger) {
    case fault_trigger::always: return true;
    case fault_trigger::nth: return seen == std::uint64_t(rule.trigger_number);
    case fault_trigger::every: return seen % std::uint64_t(rule.trigger_number) == 0;
    case fault_trigger::probability:
        return unit_interval(mix(mix(seed_ + index) + seen)) < rule.trigger_number;
    }
    return false;
}

fault_verdict fault_rules::judge(std::string_view operation,
                                 std::string_view account,
                                 std::string_view region) {
    fault_verdict verdict;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        const auto& rule = rules_[i].rule;
        if (rule.action == fault_action::tls_fail || !matches(rule.operation, operation) ||
            !matches(rule.account, account) || !matches(rule.region, region) || !fires(i))
            continue;
        if (rule.action == fault_action::delay) {
            verdict.delay += milliseconds{rule.number};
        } else if (rule.action == fault_action::date) {
            verdict.date_offset += std::chrono::seconds{rule.number};
        } else if (verdict.action == fault_action::none) {
            verdict.action = rule.action;
            verdict.text = rule.text;
            verdict.number = rule.number;
        }
    }
    return verdict;
}

bool fault_rules::fails_handshake() {
    bool fails = false;
    for (std::size_t i = 0; i < rules_.size(); ++i)
        if (rules_[i].rule.action == fault_action::tls_fail && fires(i)) fails = true;
    return fails;
}

} // namespace redrive::sim
