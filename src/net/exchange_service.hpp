#pragma once

#include "net/exchange.hpp"

namespace redrive::net {

// Who carries exchanges: a pool of connections, or what stands in for it.
class exchange_service {
  public:
    virtual ~exchange_service() = default;

    // The call is answered, lost or withdrawn exactly once; never inside this call. False: too many
    // calls wait; the call was not taken.
    [[nodiscard]] virtual bool submit(exchange& call) = 0;
    // Gives up a call that was submitted; nothing is told about it afterwards. Tells what the call
    // was at: `read` once it was handed to a connection, else what it waited for.
    virtual call_phase withdraw(exchange& call) = 0;

  protected:
    // A request may have been applied whose reply was lost or given up.
    static void mark_maybe_applied(exchange& call) noexcept { call.maybe_applied_ = true; }
};

} // namespace redrive::net
