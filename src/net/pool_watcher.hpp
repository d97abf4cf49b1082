#pragma once

#include <cstddef>

#include "net/open_result.hpp"

namespace redrive::net {

// Who waits for a pool to have so many connections.
class pool_watcher {
  public:
    virtual ~pool_watcher() = default;

    [[nodiscard]] virtual std::size_t wanted() const noexcept = 0;
    // So many are open now. May take itself off the pool.
    virtual void opened(std::size_t open) = 0;
    virtual void open_failed(const open_result& why) = 0;
};

} // namespace redrive::net
