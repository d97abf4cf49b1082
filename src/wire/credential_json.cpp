#include "wire/credential_json.hpp"

#include <algorithm>

#include "core/ascii.hpp"
#include "core/credential_words.hpp"
#include "redrive/queue_arn.hpp"

namespace redrive::wire {
namespace {

constexpr std::int64_t longest_lifetime = std::int64_t{366} * 24 * 60 * 60;

} // namespace

json_value parse_credential_document(json_reader& reader, std::string_view json) {
    if (json.size() > longest_credential_document) return {};
    const auto document = reader.parse(json);
    return document.is_object() ? document : json_value{};
}

bool same_member_name(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return lower(x) == lower(y);
    });
}

json_value member(json_value object, std::string_view name) noexcept {
    json_value last;
    for (const auto [key, value] : object.members())
        if (same_member_name(key, name)) last = value;
    return last.is_null() ? json_value{} : last;
}

std::string_view text_in(json_value object, std::string_view name, std::size_t longest) noexcept {
    const auto text = member(object, name).text().value_or("");
    return text.size() <= longest ? text : std::string_view{};
}

std::string_view word_in(json_value object, std::string_view name, std::size_t longest) noexcept {
    const auto text = text_in(object, name, longest);
    return is_credential_word(text, longest) ? text : std::string_view{};
}

std::optional<wall_time> time_in(json_value object, std::string_view name) {
    constexpr std::size_t longest_time = 64;
    constexpr std::string_view written_out = "UTC";
    auto text = std::string{text_in(object, name, longest_time)};
    if (text.ends_with(written_out)) text.replace(text.size() - written_out.size(), 3, "Z");
    return parse_rfc3339(text);
}

std::optional<std::int64_t> lifetime_in(json_value object, std::string_view name) {
    const auto seconds = member(object, name).integer();
    if (!seconds || *seconds < 1 || *seconds > longest_lifetime) return std::nullopt;
    return seconds;
}

credentials keys_in(json_value object, std::string_view token_name) {
    const auto whole = [object](auto name) { return member(object, name).text().value_or(""); };
    credentials out;
    out.access_key_id = whole("AccessKeyId");
    out.secret_access_key = secret_text{whole("SecretAccessKey")};
    out.session_token = secret_text{whole(token_name)};
    const auto account = text_in(object, "AccountId");
    if (is_account_id(account)) out.account_id = account;
    return out;
}

} // namespace redrive::wire
