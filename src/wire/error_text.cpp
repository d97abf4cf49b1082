#include "wire/error_text.hpp"

#include "core/ascii.hpp"
#include "redrive/diagnostics.hpp"
#include "wire/reason_phrase.hpp"

namespace redrive::wire {

std::string_view bounded(std::string_view text) noexcept {
    if (text.size() <= diagnostics::longest_message) return text;
    auto end = diagnostics::longest_message;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return text.substr(0, end);
}

std::string_view substitute_message(unsigned status,
                                    std::string_view reason,
                                    std::string_view body,
                                    bool is_document) noexcept {
    const auto phrase = reason.empty() ? reason_phrase(status) : reason;
    const auto text = trimmed(body);
    if (status < 500 && !is_document && !text.empty()) return text;
    return phrase.empty() ? text : phrase;
}

} // namespace redrive::wire
