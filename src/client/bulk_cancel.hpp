#pragma once

#include <boost/asio/cancellation_signal.hpp>

#include <memory>
#include <vector>

#include "client/client_core.hpp"
#include "client/completion.hpp"
#include "redrive/client.hpp"

namespace redrive::detail {

// Cancels handle after handle with one client, so many at a time. Each is an operation of its own,
// in memory that the ones before it have left.
class bulk_cancel final : public std::enable_shared_from_this<bulk_cancel> {
  public:
    bulk_cancel(client_core& core,
                handle_source source,
                cancel_sink sink,
                const cancel_each_options& how,
                client_handler<cancel_each_result> handler);

    void start();

  private:
    class one_call;

    void honour_cancellation();
    void arm_deadline();
    void fill();
    void begin(const task_handle& handle);
    void stop(stop_reason why);
    void ended(one_call& call, error_code ec, const cancel_result& result);
    void end_if_done();

    template <class Step>
    void post(Step step);

    client_core& core_; // which owns the calls, and they own this
    handle_source source_;
    cancel_sink sink_;
    cancel_each_options how_;
    boost::asio::cancellation_slot slot_;
    completion<cancel_each_result> completion_;
    std::unique_ptr<time_source::timer> deadline_timer_;
    std::vector<one_call*> calls_; // in flight
    std::uint64_t next_ = 0;       // number of the handle that comes next
    cancel_each_result result_;
    error_code ec_;                // why it is to end early
    bool source_is_empty_ = false; // or is not to be asked any more
    bool is_over_ = false;
};

} // namespace redrive::detail
