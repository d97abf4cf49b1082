#include "cli/data_stream.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "cli/file_descriptor.hpp"

namespace redrive::cli {
namespace {

struct pipe_ends {
    pipe_ends() {
        std::array<int, 2> ends{};
        EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
        reader = file_descriptor{ends[0]};
        writer = file_descriptor{ends[1]};
        ::signal(SIGPIPE, SIG_IGN);
    }
    std::string read(std::size_t most) {
        std::string text(most, '\0');
        const auto n = ::read(reader.get(), text.data(), most);
        text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
        return text;
    }
    file_descriptor reader, writer;
};

TEST(DataStream, KeepsSmallWritesUntilTheNextBeat) {
    pipe_ends ends;
    int announced = 0;
    data_stream out{ends.writer.get(), [&] { ++announced; }};
    out.write("one\n");
    EXPECT_EQ(announced, 0);
    out.pump();
    EXPECT_EQ(announced, 1);
    EXPECT_EQ(ends.read(100), "one\n");
}

TEST(DataStream, DoesNotWaitForAReaderThatIsSlow) {
    pipe_ends ends;
    data_stream out{ends.writer.get()};
    const std::string line(1000, 'x');
    for (int i = 0; i < 1000; ++i)
        out.write(line); // far more than a pipe takes
    EXPECT_FALSE(out.has_failed());
    std::string all;
    std::thread reader{[&] {
        while (all.size() < 1'000'000)
            all += ends.read(65536);
    }};
    out.flush();
    reader.join();
    EXPECT_EQ(all, std::string(1'000'000, 'x'));
}

TEST(DataStream, DropsEverythingOnceTheReaderIsGone) {
    pipe_ends ends;
    data_stream out{ends.writer.get()};
    ends.reader = file_descriptor{};
    out.write("x");
    out.flush();
    EXPECT_TRUE(out.reader_is_gone());
    out.write(std::string(100'000, 'y'));
    out.flush();
    EXPECT_TRUE(out.has_failed());
}

TEST(DataStream, TellsAFullDiskFromAReaderThatLeft) {
    const file_descriptor full{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
    data_stream out{full.get()};
    out.write("x");
    out.flush();
    EXPECT_TRUE(out.has_failed());
    EXPECT_FALSE(out.reader_is_gone());
    EXPECT_EQ(out.failure(), boost::system::errc::no_space_on_device);
}

} // namespace
} // namespace redrive::cli
