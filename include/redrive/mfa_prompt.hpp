#pragma once

#include <functional>
#include <string>

#include "redrive/credentials.hpp"
#include "redrive/errors.hpp"

namespace redrive {

/// Asks a person for the digits that an MFA device shows; `device` is its serial number or ARN, as
/// the profile's `mfa_serial` names it. `done` is to be called once, from any thread, with an error
/// when nobody answers. The prompt is called on an executor of the library's own, once for each
/// role that has to be assumed; a code is good for one.
using mfa_prompt =
    std::function<void(std::string device, std::function<void(error_code, secret_text)> done)>;

} // namespace redrive
