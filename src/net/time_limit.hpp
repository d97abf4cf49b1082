#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <memory>

#include "redrive/time_source.hpp"

namespace redrive::net {

namespace asio = boost::asio;

// Closes a socket when the time is up, so that whatever waits on it fails.
class time_limit {
  public:
    time_limit(time_source& time,
               const asio::any_io_executor& ex,
               asio::ip::tcp::socket& socket,
               std::chrono::milliseconds limit);
    ~time_limit(); // the timer may have gone off already, with its handler still on the way
    time_limit(const time_limit&) = delete;
    time_limit& operator=(const time_limit&) = delete;

    [[nodiscard]] bool expired() const noexcept { return *state_ == state::expired; }

  private:
    enum class state : std::uint8_t { running, expired, over };

    std::unique_ptr<time_source::timer> timer_;
    std::shared_ptr<state> state_;
};

} // namespace redrive::net
