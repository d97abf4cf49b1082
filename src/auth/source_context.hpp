#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "auth/environment.hpp"
#include "auth/fetcher.hpp"
#include "auth/loaded_credentials.hpp"
#include "auth/settings.hpp"
#include "redrive/time_source.hpp"

namespace redrive::auth {

// Asks a person for the code of an MFA device.
using mfa_prompt =
    std::function<boost::asio::awaitable<result<secret_text>>(std::string device_serial)>;

// What sources of credentials may use: the world, in parts that a test or the conformance driver
// can replace. Everything happens on `ex`; not thread-safe.
struct source_context {
    boost::asio::any_io_executor ex;
    std::shared_ptr<time_source> time;
    std::shared_ptr<fetcher> http;
    std::function<std::uint64_t()> random; // all 64 bits
    // Lets time pass between two attempts.
    std::function<boost::asio::awaitable<void>(std::chrono::milliseconds)> pause;
    mfa_prompt ask_mfa = {}; // empty: nobody can be asked
    environment env = environment::of_process();
    std::string file_root = {};   // put before each path that is opened
    setting_overrides given = {}; // settings that the caller gave
    std::string user_agent = {};  // of requests to AWS

    [[nodiscard]] wire::wall_time wall_now() const { return time->wall_now(); }
    [[nodiscard]] double random_unit() const; // in [0, 1)
    [[nodiscard]] std::string new_uuid() const;
};

// The bytes of a file of at most 64 KiB; nothing when it cannot be read or is larger.
[[nodiscard]] std::optional<secret_text> read_source_file(const source_context& context,
                                                          const std::string& path);
// Replaces a file in one step, readable by its owner only. False: it could not be written.
[[nodiscard]] bool replace_source_file(const source_context& context,
                                       const std::string& path,
                                       std::string_view text);
// `~/...` below the home folder; nothing without one.
[[nodiscard]] std::optional<std::string> in_home(const source_context& context,
                                                 std::string_view path);

} // namespace redrive::auth
