#pragma once

#include <memory>
#include <utility>

#include "redrive/time_source.hpp"

namespace redrive {

// The machine's clock, but a second lasts a fraction of one: what takes seconds with a real service
// takes as many tenths here, and real sockets still work. UTC stays as it is, for signatures.
class quick_time final : public time_source {
  public:
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    static constexpr int times_faster = 3; // sanitizers cost real time
#else
    static constexpr int times_faster = 10;
#endif

    explicit quick_time(int times = times_faster) : times_{times} {}

    [[nodiscard]] steady_time now() const override {
        return began_ + (real_->now() - began_) * times_;
    }
    [[nodiscard]] wall_time wall_now() const override {
        return real_->wall_now();
    }

    [[nodiscard]] std::unique_ptr<timer> make_timer(
        const boost::asio::any_io_executor& ex) override {
        return std::make_unique<quick_timer>(real_->make_timer(ex), began_, times_);
    }

  private:
    class quick_timer final : public timer {
      public:
        quick_timer(std::unique_ptr<timer> real, steady_time began, int times)
            : real_{std::move(real)}, began_{began}, times_{times} {}
        void async_wait_until(
            steady_time when,
            boost::asio::any_completion_handler<void(error_code)> handler) override {
            real_->async_wait_until(began_ + (when - began_) / times_, std::move(handler));
        }
        void cancel() override { real_->cancel(); }

      private:
        std::unique_ptr<timer> real_;
        steady_time began_;
        int times_;
    };

    int times_;

    std::shared_ptr<time_source> real_ = real_time_source();
    steady_time began_ = real_->now();
};

} // namespace redrive
