#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <stdlib.h>

#include <deque>
#include <exception>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "auth/source_context.hpp"
#include "support/manual_time.hpp"

namespace redrive::auth {

inline net::fetched replied(unsigned status, std::string body = {}) {
    net::fetched out;
    out.reply.status = status;
    out.reply.body = std::move(body);
    return out;
}

inline net::fetched unanswered(client_errc how) {
    net::fetched out;
    out.ec = how;
    out.phase = call_phase::connect;
    return out;
}

// Answers in the order of a script, and keeps what was asked.
class scripted_fetcher final : public fetcher {
  public:
    boost::asio::awaitable<net::fetched> fetch(wire::web_request what, fetch_rules rules) override {
        asked.push_back(std::move(what));
        rules_seen.push_back(std::move(rules));
        if (answers.empty()) co_return unanswered(client_errc::connect_failed);
        auto out = std::move(answers.front());
        answers.pop_front();
        co_return out;
    }
    boost::asio::awaitable<std::vector<boost::asio::ip::address>> addresses_of(
        std::string host) override {
        error_code is_name;
        const auto literal = boost::asio::ip::make_address(host, is_name);
        std::vector<boost::asio::ip::address> out;
        if (is_name) {
            out = addresses;
        } else {
            out.push_back(literal);
        }
        co_return out;
    }

    std::deque<net::fetched> answers;
    std::vector<wire::web_request> asked;
    std::vector<fetch_rules> rules_seen;
    std::vector<boost::asio::ip::address> addresses; // of every name
};

// A world for one source of credentials: its own variables, files below a folder of its own, noon
// of 2026-01-01, replies by script. Pauses are only written down.
class source_rig {
  public:
    source_rig() {
        auto name = (std::filesystem::temp_directory_path() / "redrive-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error{"no folder for a test"};
        root_ = name;
        time->set_wall_clock(noon);
        context.ex = io.get_executor();
        context.time = time;
        context.http = net;
        context.env = environment{variables};
        context.file_root = root_;
        context.user_agent = "test/1";
        context.random = [] { return std::uint64_t{1} << 63; };
        context.pause = [this](std::chrono::milliseconds how_long) -> boost::asio::awaitable<void> {
            pauses.push_back(how_long);
            co_return;
        };
        set("HOME", "/home");
        set("PATH", "/usr/bin:/bin");
    }
    ~source_rig() { std::filesystem::remove_all(root_); }
    source_rig(const source_rig&) = delete;
    source_rig& operator=(const source_rig&) = delete;

    void set(const std::string& name, const std::string& value) {
        variables[name] = value;
        context.env = environment{variables};
    }
    void write(const std::string& path, const std::string& text) const {
        const auto place = std::filesystem::path{root_ + path};
        std::filesystem::create_directories(place.parent_path());
        std::ofstream{place, std::ios::binary} << text;
    }
    [[nodiscard]] std::string read(const std::string& path) const {
        std::ifstream in{root_ + path, std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    void answer(net::fetched with) { net->answers.push_back(std::move(with)); }

    template <class T>
    T run(boost::asio::awaitable<T> what) {
        std::optional<T> out;
        io.restart();
        boost::asio::co_spawn(io, std::move(what), [&](std::exception_ptr broken, T value) {
            if (broken) std::rethrow_exception(broken);
            out.emplace(std::move(value));
        });
        io.run();
        return std::move(*out);
    }

    // 2026-01-01T12:00:00Z
    static constexpr wire::wall_time noon{std::chrono::seconds{1767268800}};

    boost::asio::io_context io;
    std::shared_ptr<test::manual_time> time = std::make_shared<test::manual_time>();
    std::shared_ptr<scripted_fetcher> net = std::make_shared<scripted_fetcher>();
    environment::variables variables;
    std::vector<std::chrono::milliseconds> pauses;
    source_context context;
    settings config;

  private:
    std::string root_;
};

inline std::string header_of(const wire::web_request& request, std::string_view name) {
    return std::string{wire::find_header(request.headers, name)};
}

// The id of the key, or the error.
inline std::string key_or_error(const result<loaded_credentials>& found) {
    return found ? found->keys.access_key_id : found.error().message;
}

inline constexpr const char* machine_keys =
    R"({"Code":"Success","AccessKeyId":"ASIAMACHINE","SecretAccessKey":"s3cr3t",)"
    R"("Token":"t0k3n","Expiration":"2026-01-01T18:00:00Z"})";

inline constexpr const char* role_keys =
    "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
    "<AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn></AssumedRoleUser>"
    "<Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s3cr3t</SecretAccessKey>"
    "<SessionToken>t0k3n</SessionToken><Expiration>2026-01-01T13:00:00Z</Expiration>"
    "</Credentials></AssumeRoleResult></AssumeRoleResponse>";

} // namespace redrive::auth
