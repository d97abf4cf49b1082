#include "net/time_limit.hpp"

namespace redrive::net {

time_limit::time_limit(time_source& time,
                       const asio::any_io_executor& ex,
                       asio::ip::tcp::socket& socket,
                       std::chrono::milliseconds limit)
    : timer_{time.make_timer(ex)}, state_{std::make_shared<state>(state::running)} {
    timer_->async_wait_until(time.now() + limit, [&socket, at = state_](error_code ec) {
        if (ec || *at == state::over) return;
        *at = state::expired;
        error_code ignored;
        socket.close(ignored);
    });
}

time_limit::~time_limit() {
    *state_ = state::over;
}

} // namespace redrive::net
