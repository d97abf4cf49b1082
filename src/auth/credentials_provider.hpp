#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>

#include <utility>

#include "auth/loaded_credentials.hpp"

namespace redrive::auth {

// A source of credentials that may have to wait for a network, a file or a program.
class credentials_provider {
  public:
    using completion = boost::asio::any_completion_handler<void(result<loaded_credentials>)>;

    credentials_provider() = default;
    credentials_provider(const credentials_provider&) = delete;
    credentials_provider& operator=(const credentials_provider&) = delete;
    virtual ~credentials_provider() = default;

    // Calls `done` exactly once, never from inside this call, on the executor that is associated
    // with it or else on `executor`.
    virtual void async_load(const boost::asio::any_io_executor& executor, completion done) = 0;
    // A service refused these as expired: they are not given out again, if others can be had.
    virtual void refused(const credentials& keys) { static_cast<void>(keys); }
};

// Answers from memory.
class static_credentials_provider final : public credentials_provider {
  public:
    explicit static_credentials_provider(loaded_credentials keys) : keys_{std::move(keys)} {}

    void async_load(const boost::asio::any_io_executor& executor, completion done) override;

  private:
    loaded_credentials keys_;
};

} // namespace redrive::auth
