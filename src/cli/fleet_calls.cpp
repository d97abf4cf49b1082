#include "cli/fleet_calls.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace redrive::cli {
namespace {

namespace asio = boost::asio;

auto into(error_code& ec) {
    return asio::redirect_error(asio::use_awaitable, ec);
}

auto into(error_code& ec, asio::cancellation_signal& stop) {
    return asio::bind_cancellation_slot(stop.slot(), into(ec));
}

} // namespace

asio::awaitable<find_report> find(fleet& from,
                                  find_options what,
                                  asio::cancellation_signal& stop,
                                  error_code& ec) {
    return from.async_find(std::move(what), into(ec, stop));
}

asio::awaitable<std::vector<examination>> examine(fleet& whom,
                                                  examine_options how,
                                                  asio::cancellation_signal& stop,
                                                  error_code& ec) {
    return whom.async_examine(how, into(ec, stop));
}

asio::awaitable<stop_report> stop_found(fleet& of,
                                        find_options what,
                                        stop_options how,
                                        asio::cancellation_signal& stop,
                                        error_code& ec) {
    return of.async_stop_found(std::move(what), std::move(how), into(ec, stop));
}

asio::awaitable<void> push(stop_run& run, target what, error_code& ec) {
    return run.async_push(std::move(what), into(ec));
}

asio::awaitable<stop_report> finish(stop_run& run, error_code& ec) {
    return run.async_finish(into(ec));
}

} // namespace redrive::cli
