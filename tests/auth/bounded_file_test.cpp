#include "auth/bounded_file.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace redrive::auth {
namespace {

class BoundedFile : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "redrive-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string file_with(const std::string& text) const {
        const auto path = folder_ + "/file";
        std::ofstream{path, std::ios::binary} << text;
        return path;
    }

    std::string folder_;
};

TEST_F(BoundedFile, IsReadToItsEndUpToTheBound) {
    for (const std::size_t size : {0, 1, 4095, 4096, 4097, 9999, 10000}) {
        const std::string text(size, 'x');
        EXPECT_EQ(read_bounded_file(file_with(text), 10000), text) << size;
    }
}

TEST_F(BoundedFile, IsReadOneByteBeyondTheBoundAndNoFurther) {
    for (const std::size_t size : {10001, 10002, 50000})
        EXPECT_EQ(read_bounded_file(file_with(std::string(size, 'x')), 10000),
                  std::string(10001, 'x'))
            << size;
    EXPECT_EQ(read_bounded_file(file_with("xy"), 0), "x");
}

TEST_F(BoundedFile, KeepsZerosAndLineEnds) {
    const std::string text{"a\r\n\0b\n", 6};
    EXPECT_EQ(read_bounded_file(file_with(text), 100), text);
}

TEST_F(BoundedFile, TakesNoMoreMemoryThanItNeeds) {
    const auto text = read_bounded_file(file_with("[default]\n"), 1024 * 1024);
    ASSERT_TRUE(text);
    EXPECT_LT(text->capacity(), 8 * 1024U);
}

TEST_F(BoundedFile, IsReadWhereItTellsNoSize) {
    const auto text = read_bounded_file("/proc/self/maps", 1024 * 1024);
    ASSERT_TRUE(text);
    EXPECT_GT(text->size(), 4096U);
    EXPECT_EQ(read_bounded_file("/proc/self/maps", 4999).value_or("").size(), 5000U);
}

TEST_F(BoundedFile, IsNothingWhenThereIsNoFileOrAFolder) {
    EXPECT_EQ(read_bounded_file(folder_ + "/none", 100), std::nullopt);
    EXPECT_EQ(read_bounded_file(folder_, 100), std::nullopt);
}

} // namespace
} // namespace redrive::auth
