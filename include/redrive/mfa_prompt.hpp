#pragma once

#include <boost/asio/any_completion_handler.hpp>

#include <functional>
#include <string>

#include "redrive/credentials.hpp"
#include "redrive/errors.hpp"

namespace redrive {

/// Asks a person for the digits that an MFA device shows; `device` is its serial number or ARN, as
/// the profile's `mfa_serial` names it. Completes `done` once, with an error when nobody answers.
/// Called on an executor of the library's own, one call at a time for each role; a code is used
/// once.
using mfa_prompt = std::function<void(
    std::string device, boost::asio::any_completion_handler<void(error_code, secret_text)> done)>;

} // namespace redrive
