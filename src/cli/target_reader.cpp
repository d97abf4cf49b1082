#include "cli/target_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "cli/target_line.hpp"
#include "cli/text_escape.hpp"
#include "cli/usage_error.hpp"
#include "redrive/errors.hpp"

namespace redrive::cli {
namespace {

namespace asio = boost::asio;

std::string reason(int error) {
    return error_code{error, boost::system::system_category()}.message();
}

file_descriptor open_file(const std::string& path) {
    file_descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file) throw usage_error{fmt::format("--from {}: {}", escaped(path), reason(errno))};
    struct stat about {};
    if (::fstat(file.get(), &about) == 0 && S_ISDIR(about.st_mode))
        throw usage_error{fmt::format("--from {}: it is a folder: name a file with a target a line",
                                      escaped(path))};
    return file;
}

void check_readable(std::string_view option, const std::string& path) {
    if (::access(path.c_str(), R_OK) != 0)
        throw usage_error{fmt::format("{} {}: {}", option, escaped(path), reason(errno))};
}

// Opened anew where that is possible: making it non-blocking must not reach the shell's stdin.
file_descriptor open_stdin() {
    file_descriptor file{::open("/proc/self/fd/0", O_RDONLY | O_CLOEXEC)};
    if (!file) file = file_descriptor{::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)};
    if (!file) throw usage_error{fmt::format("stdin cannot be read: {}", reason(errno))};
    return file;
}

} // namespace

void check_files(const options& given) {
    for (const auto& path : given.what.from)
        if (path != "-") check_readable("--from", path);
    if (!given.where.ca_bundle.empty()) check_readable("--ca-bundle", given.where.ca_bundle);
}

target_reader::target_reader(const asio::any_io_executor& ex,
                             const what_options& what,
                             target_defaults defaults)
    : defaults_{std::move(defaults)}, stream_{ex} {
    for (const auto& text : what.targets)
        sources_.push_back({text, text == "-" ? open_stdin() : file_descriptor{}});
    for (const auto& path : what.from)
        sources_.push_back({path, path == "-" ? open_stdin() : open_file(path)});
}

asio::awaitable<std::optional<target>> target_reader::next() {
    while (!stopped_) {
        if (stream_.is_open()) {
            if (auto found = next_line()) co_return found;
            co_await read_piece();
        } else if (sources_.empty()) {
            break;
        } else if (sources_.front().file) {
            open_next();
        } else {
            auto found = read_target(sources_.front().name, defaults_);
            sources_.pop_front();
            found.input.index = index_++;
            co_return found;
        }
    }
    co_return std::nullopt;
}

void target_reader::stop() {
    stopped_ = true;
    error_code ignored;
    stream_.cancel(ignored);
}

std::optional<target> target_reader::next_line() {
    while (const auto line = lines_.next()) {
        auto found = read_target_line(*line, defaults_);
        if (!found) continue;
        found->input.index = index_++;
        return found;
    }
    if (lines_.is_at_end()) {
        error_code ignored;
        stream_.close(ignored);
    }
    return std::nullopt;
}

asio::awaitable<void> target_reader::read_piece() {
    if (!stream_.is_open()) co_return;
    error_code ec;
    const auto n = co_await stream_.async_read_some(asio::buffer(piece_),
                                                    asio::redirect_error(asio::use_awaitable, ec));
    lines_.feed({piece_.data(), n});
    if (!ec) co_return;
    lines_.finish();
    if (ec != asio::error::eof && !stopped_)
        problem_ = fmt::format("{}: {}", escaped(stream_name_), ec.message());
}

void target_reader::open_next() {
    auto& front = sources_.front();
    stream_name_ = front.name == "-" ? "stdin" : std::move(front.name);
    lines_ = line_splitter{};
    error_code ec;
    stream_.assign(front.file.release(), ec);
    if (ec) problem_ = fmt::format("{}: {}", escaped(stream_name_), ec.message());
    sources_.pop_front();
}

} // namespace redrive::cli
