#include "redrive/outcome.hpp"

namespace redrive {

std::string_view to_string(outcome value) noexcept {
    switch (value) {
    case outcome::stopped: return "stopped";
    case outcome::already_finished: return "already_finished";
    case outcome::not_running: return "not_running";
    case outcome::accepted: return "accepted";
    case outcome::not_found: return "not_found";
    case outcome::invalid: return "invalid";
    case outcome::skipped: return "skipped";
    case outcome::unknown: return "unknown";
    case outcome::denied: return "denied";
    case outcome::throttled: return "throttled";
    case outcome::unreachable: return "unreachable";
    }
    return "unknown";
}

std::string_view to_string(evidence value) noexcept {
    switch (value) {
    case evidence::none: return "";
    case evidence::terminal: return "terminal";
    case evidence::absent: return "absent";
    }
    return "";
}

} // namespace redrive
