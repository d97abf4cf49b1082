#include "wire/cli_cache.hpp"

#include <algorithm>

#include "core/ascii.hpp"
#include "wire/credential_json.hpp"
#include "wire/digest.hpp"
#include "wire/json_reader.hpp"

namespace redrive::wire {
namespace {

// As Python's json.dumps writes an object with sorted keys, by which the file is named.
class python_object {
  public:
    void text(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        begin(name);
        out_.append("\"").append(value).append("\"");
        is_plain_ &= is_printable(value) && value.find_first_of("\"\\") == std::string_view::npos;
    }
    void number(std::string_view name, std::optional<std::uint32_t> value) {
        if (!value) return;
        begin(name);
        out_.append(std::to_string(*value));
    }
    [[nodiscard]] bool is_plain() const noexcept { return is_plain_; }
    [[nodiscard]] std::string finish() { return out_ + "}"; }

  private:
    void begin(std::string_view name) {
        if (out_.size() > 1) out_.append(", ");
        out_.append("\"").append(name).append("\": ");
    }

    std::string out_ = "{";
    bool is_plain_ = true;
};

} // namespace

std::optional<std::string> cli_cache_file_name(const cli_role& role) {
    python_object asked;
    asked.number("DurationSeconds", role.duration_seconds);
    asked.text("ExternalId", role.external_id);
    asked.text("RoleArn", role.role_arn);
    asked.text("RoleSessionName", role.session_name);
    asked.text("SerialNumber", role.mfa_serial);
    if (!asked.is_plain()) return std::nullopt;
    std::string name;
    append_hex(name, sha1(asked.finish()));
    return name + ".json";
}

std::optional<temporary_credentials> read_cli_role(std::string_view json) {
    json_reader reader;
    const auto held = member(parse_credential_document(reader, json), "Credentials");
    temporary_credentials out;
    out.keys = keys_in(held);
    out.expiry = time_in(held, "Expiration");
    if (!out.expiry || !unusable_part(out.keys).empty()) return std::nullopt;
    return out;
}

} // namespace redrive::wire
