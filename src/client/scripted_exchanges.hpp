#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <unordered_map>

#include "net/exchange_service.hpp"
#include "redrive/testing.hpp"
#include "redrive/time_source.hpp"
#include "wire/json_reader.hpp"

namespace redrive::detail {

// Carries exchanges to a scripted service. Not thread-safe.
class scripted_exchanges final : public net::exchange_service,
                                 public std::enable_shared_from_this<scripted_exchanges> {
  public:
    scripted_exchanges(boost::asio::any_io_executor ex,
                       std::shared_ptr<time_source> time,
                       std::shared_ptr<testing::scripted_service> service);

    [[nodiscard]] bool submit(net::exchange& call) override;
    call_phase withdraw(net::exchange& call) override;

  private:
    struct turn {
        std::uint64_t number;
        bool sent = false;
        testing::reply reply;
        std::unique_ptr<time_source::timer> timer;
    };

    void send(net::exchange& call, std::uint64_t number);
    void deliver(net::exchange& call, std::uint64_t number);
    [[nodiscard]] turn* find(net::exchange& call, std::uint64_t number);

    boost::asio::any_io_executor ex_;
    std::shared_ptr<time_source> time_;
    std::shared_ptr<testing::scripted_service> service_;
    std::unordered_map<net::exchange*, turn> under_way_;
    std::uint64_t last_ = 0;
    wire::json_reader reader_;
};

} // namespace redrive::detail
