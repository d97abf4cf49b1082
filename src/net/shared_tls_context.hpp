#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "net/tls_context.hpp"

namespace redrive::net {

// As make_tls_context, but whoever asks for the same in the same execution context gets the same
// one while somebody has it: reading a bundle of all public roots takes some 20 ms. Files that were
// replaced meanwhile are read again.
[[nodiscard]] tls_context_result shared_tls_context(const asio::any_io_executor& ex,
                                                    const tls_settings& settings);

} // namespace redrive::net
