#include "sim/publication.hpp"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include <unistd.h>

#include "sim/authenticate.hpp"
#include "wire/json_writer.hpp"

namespace redrive::sim {
namespace {

namespace fs = std::filesystem;

fs::path make_private_folder() {
    auto name = (fs::temp_directory_path() / "redrive-sim-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::system_error{
            errno, std::generic_category(), "cannot create a folder like " + name};
    return name;
}

void write_file(const fs::path& file, std::string_view text) {
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out << text;
    out.close();
    if (!out)
        throw std::system_error{errno, std::generic_category(), "cannot write " + file.string()};
}

std::string profile_text(std::string_view account,
                         std::string_view url,
                         std::string_view region,
                         const fs::path& ca_file) {
    std::string text{"[profile sim-"};
    text.append(account).append("]\naws_access_key_id = ").append(access_key_of(account));
    text.append("\naws_secret_access_key = ").append(secret_key_of(account));
    text.append("\naws_account_id = ").append(account);
    text.append("\nregion = ").append(region);
    text.append("\nendpoint_url = ").append(url).append("\n");
    if (!ca_file.empty()) text.append("ca_bundle = ").append(ca_file.string()).append("\n");
    return text.append("\n");
}

} // namespace

publication::publication() : folder_{make_private_folder()} {}

publication::~publication() {
    std::error_code ignored;
    if (!ready_file_.empty()) fs::remove(ready_file_, ignored);
    fs::remove_all(folder_, ignored);
}

void publication::write_ca(std::string_view pem) {
    ca_file_ = folder_ / "ca.pem";
    write_file(ca_file_, pem);
}

void publication::use_ca(const fs::path& file) {
    ca_file_ = fs::absolute(file);
}

void publication::write_config(std::string_view url,
                               const std::set<std::string, std::less<>>& accounts,
                               std::string_view region) {
    std::string text;
    for (const auto& account : accounts)
        text += profile_text(account, url, region, ca_file_);
    config_file_ = folder_ / "config";
    write_file(config_file_, text);
}

void publication::write_ready_file(const fs::path& file, std::string_view url) {
    std::string text;
    wire::json_writer out{text};
    out.begin_object();
    out.key("url");
    out.text(url);
    out.key("ca_bundle");
    if (ca_file_.empty())
        out.null();
    else
        out.text(ca_file_.string());
    out.key("config_file");
    out.text(config_file_.string());
    out.key("pid");
    out.integer(::getpid());
    out.end_object();
    const auto target = fs::absolute(file);
    auto unfinished = target;
    unfinished += "." + std::to_string(::getpid());
    write_file(unfinished, text + "\n");
    fs::rename(unfinished, target);
    ready_file_ = target;
}

} // namespace redrive::sim
