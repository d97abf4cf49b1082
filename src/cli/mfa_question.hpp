#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "cli/console.hpp"
#include "redrive/mfa_prompt.hpp"

namespace redrive::cli {

// Asks for codes on the terminal of this process, one question after the other. `says` must live as
// long as the prompt.
[[nodiscard]] mfa_prompt ask_on_terminal(const boost::asio::any_io_executor& executor,
                                         console& says);

} // namespace redrive::cli
