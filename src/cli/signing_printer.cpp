#include "cli/signing_printer.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "cli/text_escape.hpp"

namespace redrive::cli {
namespace {

// Each line escaped for itself, and ended.
std::string escaped_lines(std::string_view text) {
    std::string out;
    for (auto end = text.find('\n'); end != text.npos; end = text.find('\n')) {
        out += escaped(text.substr(0, end)) + '\n';
        text.remove_prefix(end + 1);
    }
    return out + escaped(text) + '\n';
}

} // namespace

void signing_printer::request_signed(const signing_record& what) {
    ++seen_;
    if (seen_ == most_shown + 1) notices_.warn("--debug-sign: further requests are not shown");
    if (seen_ > most_shown) return;
    notices_.warn(fmt::format("{} to {}, signed for {} with key {}",
                              what.operation,
                              escaped(what.address),
                              escaped(what.region),
                              escaped(what.access_key_id)));
    notices_.say(fmt::format("--- canonical request\n{}--- string to sign\n{}---",
                             escaped_lines(what.canonical_request),
                             escaped_lines(what.string_to_sign)));
}

} // namespace redrive::cli
