#include "auth/result.hpp"

#include <gtest/gtest.h>

#include <boost/system/system_error.hpp>

#include <string>

namespace redrive::auth {
namespace {

TEST(Result, ThrowsItsMessageWhenAValueIsTakenFromAnError) {
    config_error error;
    error.message = "what is wrong";
    error.code = client_errc::no_region;
    const result<int> refused = error;
    try {
        (void)refused.value();
        FAIL() << "no exception";
    } catch (const boost::system::system_error& thrown) {
        EXPECT_EQ(thrown.code(), client_errc::no_region);
        EXPECT_NE(std::string{thrown.what()}.find("what is wrong"), std::string::npos);
    }
}

} // namespace
} // namespace redrive::auth
