#pragma once

#include <boost/asio/cancellation_signal.hpp>

#include <memory>

#include "client/client_core.hpp"
#include "client/completion.hpp"
#include "net/pool_watcher.hpp"
#include "redrive/client.hpp"

namespace redrive::detail {

// Makes a client ready before it is needed: settings, credentials, then connections. Owned by its
// client_core until it is over.
class warming final : public net::pool_watcher, public std::enable_shared_from_this<warming> {
  public:
    warming(client_core& core, const warm_options& how, client_handler<warm_result> handler);
    ~warming() override;

    void start();
    void stop(stop_reason why);
    void credentials_ready(const setup_error* failure);

  private:
    [[nodiscard]] std::size_t wanted() const noexcept override { return how_.connections(); }
    void opened(std::size_t open) override;
    void open_failed(const net::open_result& why) override;

    void refuse(const setup_error& why);
    void connect();
    void finish(error_code ec);

    client_core& core_;
    warm_options how_;
    boost::asio::cancellation_slot slot_;
    completion<warm_result> completion_;
    std::unique_ptr<time_source::timer> deadline_timer_;
    warm_result result_;
    net::pool* pool_ = nullptr; // while it is watched
    bool is_over_ = false;
};

} // namespace redrive::detail
