#include "client/warming.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/post.hpp>

#include <utility>

namespace redrive::detail {

warming::warming(client_core& core, const warm_options& how, client_handler<warm_result> handler)
    : core_{core}, how_{how}, slot_{asio::get_associated_cancellation_slot(handler.call)},
      completion_{core.executor(), std::move(handler)} {}

warming::~warming() {
    if (pool_) pool_->unwatch(*this);
}

void warming::start() {
    if (slot_.is_connected()) {
        slot_.assign([weak = weak_from_this()](asio::cancellation_type type) {
            if ((type & asio::cancellation_type::all) == asio::cancellation_type::none) return;
            if (const auto self = weak.lock()) self->stop(stop_reason::cancelled);
        });
    }
    if (how_.deadline() &&
        *how_.deadline() < time_source::steady_time::max() - core_.time().now()) {
        deadline_timer_ = core_.time().make_timer(core_.executor());
        deadline_timer_->async_wait_until(core_.time().now() + *how_.deadline(),
                                          [weak = weak_from_this()](error_code ec) {
                                              const auto self = weak.lock();
                                              if (!ec && self) self->stop(stop_reason::deadline);
                                          });
    }
    if (const auto bad = core_.prepare()) return refuse(*bad);
    if (core_.has_credentials()) return connect();
    core_.load_credentials();
}

void warming::credentials_ready(const setup_error* failure) {
    if (is_over_ || pool_) return;
    failure ? refuse(*failure) : connect();
}

void warming::connect() {
    pool_ = core_.pool();
    if (!pool_) return finish({}); // a stand-in for the service is always ready
    pool_->keep(how_.connections(), core_.time().now() + how_.keep_for());
    pool_->watch(*this); // and perhaps they are open
}

void warming::opened(std::size_t open) {
    result_.connections = open;
    if (open >= pool_->bounded(how_.connections())) finish({});
}

void warming::open_failed(const net::open_result& why) {
    result_.info.phase = why.phase;
    result_.info.message = why.detail;
    result_.info.address = core_.address();
    finish(why.ec);
}

void warming::refuse(const setup_error& why) {
    result_.info.phase = why.phase;
    result_.info.message = why.message;
    finish(why.ec);
}

void warming::stop(stop_reason why) {
    if (!is_over_) finish(error_of(why));
}

void warming::finish(error_code ec) {
    is_over_ = true;
    if (pool_) std::exchange(pool_, nullptr)->unwatch(*this);
    deadline_timer_.reset();
    asio::post(core_.executor(),
               [core = core_.shared_from_this(), self = core_.release(*this), ec]() mutable {
                   self->slot_.clear();
                   self->completion_.call(ec, std::move(self->result_));
               });
}

} // namespace redrive::detail
