#include "cli/evidence.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>

#include "cli/check_rows.hpp"
#include "cli/text_escape.hpp"
#include "cli/usage_error.hpp"
#include "core/ascii.hpp"
#include "wire/instant.hpp"
#include "wire/json_writer.hpp"

namespace redrive::cli {
namespace {

constexpr std::size_t account_digits = 12;

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_name_part(char c) noexcept {
    return is_alphanumeric(c) || std::string_view{"_-./+=,@*"}.find(c) != std::string_view::npos;
}

// Of an account number that stands alone.
std::size_t account_at(std::string_view text, std::size_t at) noexcept {
    if (at > 0 && is_alphanumeric(text[at - 1])) return 0;
    std::size_t digits = 0;
    while (at + digits < text.size() && is_digit(text[at + digits]))
        ++digits;
    return digits == account_digits ? digits : 0;
}

} // namespace

std::string redacted(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto account = account_at(text, at);
        if (account == 0) {
            out.push_back(text[at++]);
            continue;
        }
        out.append(account_digits, '0');
        at += account;
        // What an ARN or a URL names in that account.
        if (at >= text.size() || (text[at] != ':' && text[at] != '/')) continue;
        out.push_back(text[at++]);
        const auto begin = at;
        while (at < text.size() && is_name_part(text[at]))
            ++at;
        if (at > begin) out.append("name");
    }
    return out;
}

evidence::evidence(const std::string& path, time_source::wall_time now) {
    const int made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (made < 0)
        throw usage_error{
            fmt::format("--record {}: {}",
                        escaped(path),
                        error_code{errno, boost::system::system_category()}.message())};
    ::close(made);
    file_.open(path, std::ios::binary | std::ios::app);
    std::string line;
    wire::json_writer json{line};
    json.begin_object();
    json.text_member("schema", "redrive.evidence/1");
    json.text_member("version", REDRIVE_VERSION);
    json.text_member("created", wire::to_rfc3339(now));
    json.end_object();
    file_ << line << '\n';
}

void evidence::attempt_ended(const attempt_record& what) {
    std::string line;
    wire::json_writer json{line};
    json.begin_object();
    json.text_member("event", "attempt");
    json.text_member("operation", what.operation);
    json.text_member("address", what.address);
    json.key("attempt");
    json.integer(what.number);
    json.key("http_status");
    json.integer(what.info.http_status);
    json.text_member("code", what.info.code);
    json.text_member("type_code", what.info.type_code);
    json.text_member("message", redacted(what.info.message));
    json.text_member("request_id", what.info.request_id);
    json.text_member("phase", to_string(what.info.phase));
    json.key("elapsed_us");
    json.integer(
        std::chrono::duration_cast<std::chrono::microseconds>(what.ended - what.began).count());
    json.end_object();
    file_ << line << '\n';
}

void evidence::add(const examination& of, const finding& what) {
    auto safe_of = of;
    auto safe_what = what;
    safe_of.identity = redacted(of.identity);
    safe_of.account = redacted(of.account);
    safe_what.text = redacted(what.text);
    safe_what.fix = redacted(what.fix);
    file_ << check_row(safe_of, safe_what) << '\n';
}

bool evidence::finish() {
    file_.close();
    return !file_.fail();
}

} // namespace redrive::cli
