#include "auth/result.hpp"

#include <boost/system/system_error.hpp>
#include <boost/throw_exception.hpp>

namespace redrive::auth {

void throw_exception_from_error(const config_error& error, const boost::source_location& where) {
    boost::throw_exception(boost::system::system_error{make_error_code(error.code), error.message},
                           where);
}

} // namespace redrive::auth
