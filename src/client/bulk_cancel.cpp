#include "client/bulk_cancel.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/post.hpp>

#include <utility>

#include "wire/request_body.hpp"

namespace redrive::detail {

class bulk_cancel::one_call final : public operation {
  public:
    one_call(std::shared_ptr<bulk_cancel> owner, std::uint64_t number, std::string body)
        : operation{owner->core_,
                    {wire::cancel_input::op, std::move(body), sink_for(output_)},
                    owner->how_.max_attempts(),
                    result_.info},
          owner_{std::move(owner)}, number_{number} {}

    [[nodiscard]] std::uint64_t number() const noexcept { return number_; }

    std::size_t place = 0; // among the owner's calls

  private:
    void complete() override {
        result_.moved = output_.moved;
        owner_->ended(*this, ec(), result_);
        core().context().memory->give_text(std::move(result_.info.request_id));
    }

    std::shared_ptr<bulk_cancel> owner_;
    std::uint64_t number_;
    wire::cancel_output output_;
    cancel_result result_;
};

bulk_cancel::bulk_cancel(client_core& core,
                         handle_source source,
                         cancel_sink sink,
                         const cancel_each_options& how,
                         client_handler<cancel_each_result> handler)
    : core_{core}, source_{std::move(source)}, sink_{std::move(sink)}, how_{how},
      slot_{asio::get_associated_cancellation_slot(handler.call)}, completion_{core_.executor(),
                                                                               std::move(handler)} {
}

template <class Step>
void bulk_cancel::post(Step step) {
    asio::post(core_.executor(),
               [core = core_.shared_from_this(), self = shared_from_this(), step] { step(*self); });
}

void bulk_cancel::start() {
    honour_cancellation();
    arm_deadline();
    post([](bulk_cancel& self) { self.fill(); });
}

void bulk_cancel::honour_cancellation() {
    if (!slot_.is_connected()) return;
    slot_.assign([weak = weak_from_this()](asio::cancellation_type type) {
        if ((type & asio::cancellation_type::all) == asio::cancellation_type::none) return;
        if (const auto self = weak.lock()) self->stop(stop_reason::cancelled);
    });
}

void bulk_cancel::arm_deadline() {
    const auto now = core_.time().now();
    if (!how_.deadline() || *how_.deadline() >= time_source::steady_time::max() - now) return;
    deadline_timer_ = core_.time().make_timer(core_.executor());
    deadline_timer_->async_wait_until(now + *how_.deadline(),
                                      [weak = weak_from_this()](error_code ec) {
                                          const auto self = weak.lock();
                                          if (!ec && self) self->stop(stop_reason::deadline);
                                      });
}

void bulk_cancel::fill() {
    if (core_.is_closed()) stop(stop_reason::closed);
    try {
        while (!source_is_empty_ && calls_.size() < how_.in_flight()) {
            if (const auto handle = source_())
                begin(*handle);
            else
                source_is_empty_ = true;
        }
    } catch (...) { // of the source: there is no more to come from it
        source_is_empty_ = true;
        post([](bulk_cancel& self) { self.end_if_done(); });
        throw;
    }
    end_if_done();
}

void bulk_cancel::begin(const task_handle& handle) {
    auto body = core_.context().memory->take_text();
    wire::append_body(body, wire::cancel_input{handle.text()});
    const auto call =
        std::allocate_shared<one_call>(call_allocator<one_call>{core_.context().memory},
                                       shared_from_this(),
                                       next_++,
                                       std::move(body));
    call->place = calls_.size();
    calls_.push_back(call.get());
    call->start({});
}

void bulk_cancel::ended(one_call& call, error_code ec, const cancel_result& result) {
    calls_[call.place] = calls_.back();
    calls_[call.place]->place = call.place;
    calls_.pop_back();
    ++(ec ? result_.failed : result_.accepted);
    try {
        sink_(call.number(), ec, result);
    } catch (...) {
        post([](bulk_cancel& self) { self.fill(); });
        throw;
    }
    fill();
}

void bulk_cancel::stop(stop_reason why) {
    if (std::exchange(source_is_empty_, true) && calls_.empty()) return;
    if (!ec_) ec_ = error_of(why);
    const auto ending = calls_;
    for (auto* const each : ending)
        each->stop(why);
    post([](bulk_cancel& self) { self.end_if_done(); });
}

void bulk_cancel::end_if_done() {
    if (!source_is_empty_ || !calls_.empty() || std::exchange(is_over_, true)) return;
    slot_.clear();
    deadline_timer_.reset();
    source_ = nullptr;
    sink_ = nullptr;
    completion_.call(ec_, std::move(result_));
}

} // namespace redrive::detail
