#include "cli/shown_value.hpp"

#include "cli/text_escape.hpp"
#include "core/credential_words.hpp"

namespace redrive::cli {

std::string shown_value(std::string_view text) {
    if (may_be_a_secret(text)) return "what was given (hidden: it may be a secret)";
    return "'" + escaped(text) + "'";
}

} // namespace redrive::cli
