#include "wire/metadata_credentials.hpp"

#include <utility>

#include "wire/credential_json.hpp"
#include "wire/error_text.hpp"

namespace redrive::wire {
namespace {

metadata_error unreadable(std::string why) {
    return {"", std::move(why)};
}

metadata_error refusal(json_value document, std::string_view code) {
    const auto said = member(document, "Message").text().value_or("");
    return {std::string{bounded(code)}, std::string{bounded(said)}};
}

} // namespace

std::variant<temporary_credentials, metadata_error> read_metadata_credentials(
    std::string_view json) {
    json_reader reader;
    const auto document = parse_credential_document(reader, json);
    if (!document.exists()) return unreadable("it is not a JSON object");
    const auto code = member(document, "Code");
    if (code.exists() && !code.text()) return unreadable("its Code is no text");
    const auto said = code.text().value_or("");
    if (!said.empty() && !same_member_name(said, "Success")) return refusal(document, said);

    temporary_credentials out;
    const bool short_name = member(document, "Token").exists();
    out.keys = keys_in(document, short_name ? "Token" : "SessionToken");
    const auto part = unusable_part(out.keys);
    if (!part.empty()) return unreadable("it has no usable " + std::string{part});
    out.expiry = time_in(document, "Expiration");
    if (!out.expiry) return unreadable("it has no usable Expiration");
    return out;
}

} // namespace redrive::wire
