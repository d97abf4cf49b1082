#include "net/parking.hpp"

namespace redrive::net {

asio::execution_context::id parking::id;

void parking::link(place& which) noexcept {
    const std::lock_guard lock{mutex_};
    which.previous_ = nullptr;
    which.next_ = first_;
    if (first_) first_->previous_ = &which;
    first_ = &which;
}

void parking::unlink(place& which) noexcept {
    const std::lock_guard lock{mutex_};
    (which.previous_ ? which.previous_->next_ : first_) = which.next_;
    if (which.next_) which.next_->previous_ = which.previous_;
}

// No handler runs any more; dropping one may unlink others, or park some.
void parking::shutdown() {
    while (true) {
        place* last = nullptr;
        {
            const std::lock_guard lock{mutex_};
            last = first_;
        }
        if (!last) return;
        unlink(*last);
        last->drop();
    }
}

} // namespace redrive::net
