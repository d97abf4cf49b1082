#pragma once

#include <boost/system/result.hpp>

#include <cstddef>
#include <string>
#include <vector>

#include "redrive/errors.hpp"

namespace redrive::auth {

// A source of credentials that was asked, and why it gave none.
struct tried_source {
    std::string provider;
    std::string why;
};

// A setting, file or credential source that cannot be used.
struct config_error {
    client_errc code = client_errc::bad_configuration;
    std::string message = {}; // what is wrong, where, and what to do next; never holds a secret
    std::string file = {};    // at fault, or empty
    std::size_t line = 0;     // 1-based; 0: unknown
    std::vector<tried_source> tried = {}; // sources of credentials, in the order of asking
};

template <class T>
using result = boost::system::result<T, config_error>;

// What result::value() does on an error; redrive itself asks has_value() first.
[[noreturn]] void throw_exception_from_error(const config_error& error,
                                             const boost::source_location& where);

} // namespace redrive::auth
