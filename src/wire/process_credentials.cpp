#include "wire/process_credentials.hpp"

#include "core/credential_words.hpp"
#include "wire/credential_json.hpp"

namespace redrive::wire {

std::variant<temporary_credentials, std::string> read_process_credentials(std::string_view json) {
    json_reader reader;
    const auto document = parse_credential_document(reader, json);
    if (!document.exists()) return "it is not a JSON object";
    if (member(document, "Version").integer() != 1) return "its Version is not the number 1";

    temporary_credentials out;
    out.keys = keys_in(document);
    const auto token = member(document, "SessionToken");
    const bool is_text = !token.exists() || token.text();
    const auto part = is_text ? part_that_cannot_sign(out.keys) : "session token";
    if (!part.empty()) return "it has no usable " + std::string{part};
    out.expiry = time_in(document, "Expiration");
    if (!out.expiry && member(document, "Expiration").exists())
        return "its Expiration is not a time of RFC 3339";
    return out;
}

} // namespace redrive::wire
