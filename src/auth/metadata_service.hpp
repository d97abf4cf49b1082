#pragma once

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>

#include "auth/loaded_credentials.hpp"
#include "auth/source_context.hpp"

namespace redrive::auth {

// The instance metadata service of EC2, version 2 only. Never through a proxy; a machine that has
// none finds that out within the time to connect once.
class metadata_service {
  public:
    // Both must outlive this.
    metadata_service(const source_context& context, const settings& config)
        : context_{context}, config_{config} {}

    [[nodiscard]] boost::asio::awaitable<result<loaded_credentials>> credentials();
    // Where the machine runs.
    [[nodiscard]] boost::asio::awaitable<result<std::string>> region();

  private:
    [[nodiscard]] result<endpoint> place() const;
    [[nodiscard]] boost::asio::awaitable<std::optional<config_error>> begin();
    [[nodiscard]] boost::asio::awaitable<std::optional<config_error>> take_token();
    // The reply at `path`: 2xx or 404.
    [[nodiscard]] boost::asio::awaitable<result<net::fetched>> read(std::string path);
    [[nodiscard]] boost::asio::awaitable<result<std::string>> role_name();
    [[nodiscard]] bool may_ask() const { return context_.time->now() <= last_start_; }
    [[nodiscard]] wire::web_request request(std::string method, std::string path) const;

    const source_context& context_;
    const settings& config_;
    endpoint where_;
    secret_text token_;
    time_source::steady_time last_start_ = {}; // of any request
};

} // namespace redrive::auth
