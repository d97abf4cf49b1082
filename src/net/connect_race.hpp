#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <string>
#include <vector>

#include "flow/connect_plan.hpp"
#include "flow/failed_addresses.hpp"
#include "net/open_result.hpp"
#include "redrive/time_source.hpp"

namespace redrive::net {

namespace asio = boost::asio;

// Connects to the address of a host that accepts first, in the order and at the times of a
// connect_plan. Once.
class connect_race {
  public:
    using tcp = asio::ip::tcp;

    // `memory` may be null; it is asked and told which addresses fail.
    connect_race(asio::any_io_executor ex,
                 std::shared_ptr<time_source> time,
                 std::vector<tcp::endpoint> addresses,
                 flow::connect_timing timing,
                 std::shared_ptr<flow::failed_addresses> memory);
    ~connect_race();
    connect_race(const connect_race&) = delete;
    connect_race& operator=(const connect_race&) = delete;

    // Without error `into` is connected. connect_failed, connect_timeout, client_closed by stop().
    [[nodiscard]] asio::awaitable<open_result> run(tcp::socket& into);
    void stop();

  private:
    struct attempt;
    struct state;

    [[nodiscard]] flow::connect_plan make_plan() const;
    void start(std::size_t address);
    void note_failures(flow::connect_plan& plan);
    void failed(std::size_t address, client_errc ec, const std::string& why);
    void won(std::size_t winner);
    void set_alarm(flow::connect_plan::time when);
    void end();

    std::shared_ptr<time_source> time_;
    std::vector<tcp::endpoint> addresses_;
    flow::connect_timing timing_;
    std::shared_ptr<flow::failed_addresses> memory_;
    std::shared_ptr<state> state_; // the handlers of overtaken attempts may come later
    open_result last_;
    std::size_t told_ = 0; // failures in the detail
};

} // namespace redrive::net
