#include "redrive/time_source.hpp"

#include <boost/asio/steady_timer.hpp>

#include <utility>

namespace redrive {
namespace {

namespace asio = boost::asio;

class real_timer final : public time_source::timer {
  public:
    explicit real_timer(const asio::any_io_executor& ex) : timer_{ex} {}

    void async_wait_until(time_source::steady_time when,
                          asio::any_completion_handler<void(error_code)> handler) override {
        timer_.expires_at(when);
        timer_.async_wait(std::move(handler));
    }
    void cancel() override { timer_.cancel(); }

  private:
    asio::steady_timer timer_;
};

class real_source final : public time_source {
  public:
    steady_time now() const override { return std::chrono::steady_clock::now(); }
    wall_time wall_now() const override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
    std::unique_ptr<timer> make_timer(const asio::any_io_executor& ex) override {
        return std::make_unique<real_timer>(ex);
    }
};

} // namespace

std::shared_ptr<time_source> real_time_source() {
    return std::make_shared<real_source>();
}

} // namespace redrive
