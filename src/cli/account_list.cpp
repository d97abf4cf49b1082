#include "cli/account_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <utility>

#include "cli/shown_value.hpp"
#include "cli/text_escape.hpp"
#include "cli/usage_error.hpp"
#include "core/ascii.hpp"
#include "redrive/queue_arn.hpp"
#include "wire/json_reader.hpp"

namespace redrive::cli {
namespace {

constexpr std::size_t most_accounts = 100'000;

using account_row = parsed<fleet_role>;

// Members of other names are for others.
class row_reader {
  public:
    row_reader(wire::json_value from, const fleet_role& defaults) : from_{from}, out_{defaults} {}

    account_row read() {
        out_.account = text_of("account").value_or("");
        take("role", out_.role);
        take("external_id", out_.external_id);
        take("session_name", out_.session_name);
        read_regions();
        if (!wrong_.empty()) return account_row::error(wrong_);
        if (!is_account_id(out_.account)) return account_row::error("account is not 12 digits");
        if (out_.role.empty())
            return account_row::error("it has no role: add one, or give --assume-role for all");
        return std::move(out_);
    }

  private:
    std::optional<std::string> text_of(std::string_view name) {
        const auto value = from_[name];
        if (!value.exists()) return std::nullopt;
        if (const auto text = value.text()) return std::string{*text};
        wrong_ = fmt::format("{} is not a string", name);
        return std::nullopt;
    }
    void take(std::string_view name, std::string& to) {
        if (auto text = text_of(name)) to = *std::move(text);
    }
    void read_regions() {
        const auto list = from_["regions"];
        if (list.exists() && !list.is_array()) wrong_ = "regions is not a list";
        for (const auto each : list.elements()) {
            const auto name = each.text().value_or("");
            if (name != "all" && !is_region_name(name))
                wrong_ = "regions has something that is not a region";
            else
                out_.regions.emplace_back(name);
        }
    }

    wire::json_value from_;
    fleet_role out_;
    std::string wrong_;
};

class list_builder {
  public:
    explicit list_builder(fleet_role defaults) : defaults_{std::move(defaults)} {}

    void add(std::string_view given) {
        for (std::size_t at = 0; at <= given.size();) {
            const auto end = std::min(given.find(',', at), given.size());
            add_one(trimmed(given.substr(at, end - at)));
            at = end + 1;
        }
    }
    [[nodiscard]] std::vector<fleet_role> take() { return std::move(accounts_); }

  private:
    void add_one(std::string_view what) {
        if (what == "org")
            throw usage_error{"--accounts org is not in this version: list the accounts, or name a "
                              "file of them as @FILE"};
        if (what.starts_with('@')) return add_file(std::string{what.substr(1)});
        if (!is_account_id(what))
            throw usage_error{fmt::format(
                "--accounts: {} is not an account: write 12 digits, or @FILE", shown_value(what))};
        if (defaults_.role.empty())
            throw usage_error{"--accounts says where, but not as whom: add --assume-role"};
        auto one = defaults_;
        one.account = what;
        add_account(std::move(one));
    }
    void add_file(const std::string& path) {
        const auto text = contents_of(path);
        std::size_t number = 0;
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find('\n', at), text.size());
            const auto line = trimmed(std::string_view{text}.substr(at, end - at));
            at = end + 1;
            ++number;
            if (line.empty() || line.starts_with('#')) continue;
            auto one = read_account_row(line, defaults_);
            if (!one)
                throw usage_error{
                    fmt::format("--accounts @{}: line {}: {}", escaped(path), number, one.why())};
            add_account(*one);
        }
    }
    static std::string contents_of(const std::string& path) {
        std::ifstream file{path, std::ios::binary};
        std::string text(longest_account_file + 1, '\0');
        file.read(text.data(), static_cast<std::streamsize>(text.size()));
        if (file.bad() || (file.gcount() == 0 && !file.eof()))
            throw usage_error{fmt::format("--accounts @{}: it cannot be read", escaped(path))};
        text.resize(static_cast<std::size_t>(file.gcount()));
        if (text.size() > longest_account_file)
            throw usage_error{fmt::format("--accounts @{}: it is larger than {} MiB",
                                          escaped(path),
                                          longest_account_file >> 20)};
        return text;
    }
    void add_account(fleet_role one) {
        if (!known_.insert(one.account).second) return;
        if (accounts_.size() == most_accounts)
            throw usage_error{"--accounts: more than 100,000 accounts: use several runs"};
        accounts_.push_back(std::move(one));
    }

    fleet_role defaults_;
    std::vector<fleet_role> accounts_;
    std::set<std::string> known_;
};

} // namespace

parsed<fleet_role> read_account_row(std::string_view line, const fleet_role& defaults) {
    wire::json_reader reader;
    const auto value = reader.parse(line);
    if (!value.is_object())
        return account_row::error(
            "it is not a JSON object such as {\"account\": \"123456789012\"}");
    return row_reader{value, defaults}.read();
}

std::vector<fleet_role> roles_of(const where_options& where) {
    fleet_role defaults;
    defaults.role = where.assume_role;
    defaults.external_id = where.external_id;
    defaults.session_name = where.session_name;
    const bool has_details = !where.assume_role.empty() || !where.external_id.empty() ||
                             !where.session_name.empty() || where.narrow;
    if (where.accounts.empty() && has_details)
        throw usage_error{"--assume-role, --external-id, --session-name and --narrow say how, but "
                          "not where: add --accounts"};
    list_builder list{std::move(defaults)};
    for (const auto& each : where.accounts)
        list.add(each);
    return list.take();
}

} // namespace redrive::cli
