#include <gtest/gtest.h>

#include <cstdlib>

namespace {

// Whoever runs the tests may have AWS settings of their own.
class clean_environment : public ::testing::Environment {
  public:
    void SetUp() override {
        for (const auto* name : {"AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"})
            setenv(name, "/dev/null", 1);
        for (const auto* name : {"AWS_PROFILE",
                                 "AWS_REGION",
                                 "AWS_DEFAULT_REGION",
                                 "AWS_ACCESS_KEY_ID",
                                 "AWS_SECRET_ACCESS_KEY",
                                 "AWS_SESSION_TOKEN",
                                 "AWS_ENDPOINT_URL",
                                 "AWS_ENDPOINT_URL_SQS",
                                 "AWS_CA_BUNDLE"})
            unsetenv(name);
    }
};

[[maybe_unused]] const auto* const registered =
    ::testing::AddGlobalTestEnvironment(new clean_environment);

} // namespace
