#include "flow/clock_skew.hpp"

#include "wire/error_reply.hpp"

namespace redrive::flow {
namespace {

using namespace std::chrono_literals;

// Beyond it the midpoint says too little about the moment at which the server looked at its clock.
constexpr auto longest_exchange = 15min;
constexpr clock_skew::milliseconds tolerated = 4min; // the service's own limit is 5 minutes

} // namespace

std::optional<clock_skew::milliseconds> clock_skew::replied(wire::wall_time sent,
                                                            wire::wall_time received,
                                                            const wire::http_headers& headers) {
    if (!enabled_ || wire::has_header(headers, "Age")) return std::nullopt;
    // Received before sent: our clock was set back meanwhile.
    if (received < sent || received - sent > longest_exchange) return std::nullopt;
    const auto date = wire::parse_http_date(wire::find_header(headers, "Date"));
    if (!date) return std::nullopt;
    current_ = *date - (sent + (received - sent) / 2);
    return current_;
}

bool clock_skew::explains(std::string_view type_code,
                          std::string_view legacy_code,
                          std::optional<milliseconds> candidate) const noexcept {
    if (!enabled_ || !candidate || std::chrono::abs(*candidate) <= tolerated) return false;
    return wire::is_clock_skew_code(type_code) || wire::is_clock_skew_code(legacy_code);
}

} // namespace redrive::flow
