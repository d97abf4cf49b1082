#pragma once

#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "sim/pace.hpp"

namespace redrive::sim {

// Closes a socket unless it is destroyed before the time is up.
template <class Socket>
class watchdog {
  public:
    watchdog(Socket& socket, milliseconds limit)
        : timer_{socket.get_executor(), limit}, armed_{std::make_shared<bool>(true)} {
        // An expired timer's handler may run after this object is gone: it looks at the flag first.
        timer_.async_wait([&socket, armed = armed_](const boost::system::error_code& ec) {
            boost::system::error_code ignored;
            if (!ec && *armed) socket.close(ignored);
        });
    }
    watchdog(const watchdog&) = delete;
    watchdog& operator=(const watchdog&) = delete;
    ~watchdog() { *armed_ = false; }

  private:
    boost::asio::steady_timer timer_;
    std::shared_ptr<bool> armed_;
};

} // namespace redrive::sim
