#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/query.hpp>

#include <mutex>
#include <utility>

namespace redrive::net {

namespace asio = boost::asio;

// The handlers of one execution context that wait for events of ours. What waits for Asio belongs
// to the context, which destroys it at its end; without this list a coroutine that waits for us
// would belong to nobody but itself by then, and leak with all that it holds.
class parking final : public asio::execution_context::service {
  public:
    using key_type = parking;
    static asio::execution_context::id id;

    explicit parking(asio::execution_context& context)
        : asio::execution_context::service{context} {}

    static parking& of(const asio::any_io_executor& ex) {
        return asio::use_service<parking>(asio::query(ex, asio::execution::context));
    }

    class place {
      public:
        explicit place(parking& owner) noexcept : owner_{owner} {}
        place(const place&) = delete;
        place& operator=(const place&) = delete;

      protected:
        ~place() = default;
        void link() noexcept { owner_.link(*this); }
        void unlink() noexcept { owner_.unlink(*this); }

      private:
        friend class parking;
        virtual void drop() noexcept = 0; // destroys the handler, and perhaps this with it

        parking& owner_;
        place* previous_ = nullptr;
        place* next_ = nullptr;
    };

  private:
    void shutdown() override;
    void link(place& which) noexcept;
    void unlink(place& which) noexcept;

    std::mutex mutex_; // contexts may have several threads
    place* first_ = nullptr;
};

// One handler that waits until it is taken, or its context ends.
template <class Signature>
class parked_handler final : parking::place {
  public:
    using handler_type = asio::any_completion_handler<Signature>;

    explicit parked_handler(const asio::any_io_executor& ex) : place{parking::of(ex)} {}
    ~parked_handler() {
        if (handler_) unlink();
    }

    // Only while none is parked.
    template <class Handler>
    void park(Handler&& handler) {
        // Boost 1.81: the move assignment recurses without end; swap does not.
        handler_type{std::forward<Handler>(handler)}.swap(handler_);
        link();
    }
    [[nodiscard]] handler_type take() {
        unlink();
        return std::exchange(handler_, nullptr);
    }
    [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(handler_); }

  private:
    void drop() noexcept override { const handler_type last = std::exchange(handler_, nullptr); }

    handler_type handler_;
};

} // namespace redrive::net
