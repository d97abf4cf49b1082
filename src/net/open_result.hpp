#pragma once

#include <string>
#include <utility>

#include "redrive/diagnostics.hpp"
#include "redrive/errors.hpp"

namespace redrive::net {

// How a step on the way to a usable connection went.
struct open_result {
    error_code ec; // of client_category, or operation_aborted
    call_phase phase = call_phase::none;
    std::string detail; // for a person: what was tried and what the system said
};

inline open_result open_failure(client_errc ec, call_phase phase, std::string detail) {
    open_result out;
    out.ec = ec;
    out.phase = phase;
    out.detail = std::move(detail);
    return out;
}

} // namespace redrive::net
