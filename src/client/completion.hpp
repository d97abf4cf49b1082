#pragma once

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/prefer.hpp>

#include <optional>
#include <utility>

#include "net/parking.hpp"
#include "redrive/client.hpp"

namespace redrive::detail {

namespace asio = boost::asio;

// Where a handler is to be called: on its own executor, which is kept at work until then.
template <class Result>
class completion {
  public:
    completion(const asio::any_io_executor& ex, client_handler<Result> handler) : handler_{ex} {
        if (!handler.at_home)
            home_ = asio::prefer(asio::get_associated_executor(handler.call, ex),
                                 asio::execution::outstanding_work.tracked);
        handler_.park(std::move(handler.call));
    }
    // On the client's executor.
    void call(error_code ec, Result&& result) {
        auto handler = handler_.take();
        if (!home_) return std::move(handler)(ec, std::move(result));
        asio::dispatch(*home_,
                       [handler = std::move(handler), ec, result = std::move(result)]() mutable {
                           std::move(handler)(ec, std::move(result));
                       });
    }

  private:
    net::parked_handler<void(error_code, Result)> handler_;
    std::optional<asio::any_completion_executor> home_; // none: the client's
};

} // namespace redrive::detail
