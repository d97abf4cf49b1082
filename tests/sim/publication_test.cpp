#include "sim/publication.hpp"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wire/json_reader.hpp"

namespace redrive::sim {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream in{file};
    return {std::istreambuf_iterator<char>{in}, {}};
}

TEST(Publication, TellsHowToReachTheSimulatorAndTakesItBack) {
    const auto ready = fs::path{::testing::TempDir()} / "redrive-sim-ready.json";
    fs::path config, ca;
    {
        publication files;
        files.write_ca("certificate\n");
        files.write_config("https://127.0.0.1:4566", {"100000000001", "100000000002"}, "us-east-1");
        files.write_ready_file(ready, "https://127.0.0.1:4566");
        wire::json_reader reader;
        const auto text = text_of(ready);
        const auto told = reader.parse(text);
        EXPECT_EQ(told["url"].text(), "https://127.0.0.1:4566");
        EXPECT_TRUE(told["pid"].integer());
        ca = *told["ca_bundle"].text();
        config = *told["config_file"].text();
        EXPECT_TRUE(ca.is_absolute() && config.is_absolute());
        EXPECT_EQ(fs::status(config.parent_path()).permissions(), fs::perms::owner_all);
        EXPECT_EQ(text_of(ca), "certificate\n");
        EXPECT_THAT(text_of(config),
                    ::testing::HasSubstr("[profile sim-100000000002]\n"
                                         "aws_access_key_id = AKIASIM0100000000002\n"
                                         "aws_secret_access_key = "
                                         "SimulatedSecretKeyOfAccount+100000000002\n"
                                         "aws_account_id = 100000000002\n"
                                         "region = us-east-1\n"
                                         "endpoint_url = https://127.0.0.1:4566\n"
                                         "ca_bundle = " +
                                         ca.string() + "\n"));
    }
    EXPECT_FALSE(fs::exists(ready));
    EXPECT_FALSE(fs::exists(config.parent_path()));
}

TEST(Publication, HasNoCaBundleWithoutTls) {
    const auto ready = fs::path{::testing::TempDir()} / "redrive-sim-plain.json";
    publication files;
    files.write_config("http://127.0.0.1:4566", {"100000000001"}, "us-east-1");
    files.write_ready_file(ready, "http://127.0.0.1:4566");
    wire::json_reader reader;
    const auto text = text_of(ready);
    EXPECT_THAT(text, ::testing::HasSubstr(R"("ca_bundle":null)"));
    EXPECT_THAT(text_of(*reader.parse(text)["config_file"].text()),
                ::testing::Not(::testing::HasSubstr("ca_bundle")));
}

} // namespace
} // namespace redrive::sim
