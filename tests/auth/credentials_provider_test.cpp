#include "auth/credentials_provider.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>

namespace redrive::auth {
namespace {

loaded_credentials example() {
    loaded_credentials keys;
    keys.keys.access_key_id = "AKIDEXAMPLE";
    keys.source = "environment";
    return keys;
}

TEST(CredentialsProvider, AnswersFromMemoryEachTimeButNeverAtOnce) {
    boost::asio::io_context context;
    static_credentials_provider provider{example()};
    int answers = 0;
    const auto count = [&](result<loaded_credentials> loaded) {
        ASSERT_TRUE(loaded);
        EXPECT_EQ(loaded->keys.access_key_id, "AKIDEXAMPLE");
        ++answers;
    };
    provider.async_load(context.get_executor(), count);
    provider.async_load(context.get_executor(), count);
    EXPECT_EQ(answers, 0);
    context.run();
    EXPECT_EQ(answers, 2);
}

TEST(CredentialsProvider, AnswersOnTheExecutorOfTheHandler) {
    boost::asio::io_context context, own;
    static_credentials_provider provider{example()};
    int answers = 0;
    provider.async_load(context.get_executor(),
                        boost::asio::bind_executor(own.get_executor(),
                                                   [&](result<loaded_credentials>) { ++answers; }));
    context.run();
    EXPECT_EQ(answers, 0);
    own.run();
    EXPECT_EQ(answers, 1);
}

} // namespace
} // namespace redrive::auth
