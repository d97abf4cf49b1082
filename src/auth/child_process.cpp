#include "auth/child_process.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>
#include <vector>

#include "net/waiting.hpp"
#include "wire/digest.hpp"

namespace redrive::auth {
namespace asio = boost::asio;

namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_output = 64 * 1024;
constexpr std::size_t longest_errors = 4 * 1024;

class file {
  public:
    file() = default;
    explicit file(int number) : number_{number} {}
    file(file&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
    file& operator=(file&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~file() {
        if (number_ >= 0) ::close(number_);
    }

    [[nodiscard]] int get() const noexcept { return number_; }
    [[nodiscard]] int release() noexcept { return std::exchange(number_, -1); }

  private:
    int number_ = -1;
};

struct one_way {
    file read;
    file write;
};

one_way make_pipe() {
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
    return {file{ends[0]}, file{ends[1]}};
}

// A child that has not been waited for. Leads a group of its own, so that what it starts can be
// ended with it.
class running_child {
  public:
    explicit running_child(pid_t id) : id_{id} {}
    running_child(const running_child&) = delete;
    running_child& operator=(const running_child&) = delete;
    ~running_child() {
        if (is_over_) return;
        kill();
        ::waitpid(id_, nullptr, 0);
    }

    void kill() const {
        if (!is_over_) ::kill(-id_, SIGKILL);
    }
    // True once it has ended; then it is gone.
    [[nodiscard]] bool reap(int& status) {
        int raw = 0;
        const auto got = ::waitpid(id_, &raw, WNOHANG);
        if (got == 0) return false;
        is_over_ = true;
        if (got < 0) return true; // somebody else waited for it
        status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
        return true;
    }
    // Becomes readable when it ends; -1 where the kernel has no such thing.
    [[nodiscard]] int end_notice() const {
        return static_cast<int>(::syscall(SYS_pidfd_open, id_, 0));
    }

  private:
    pid_t id_;
    bool is_over_ = false;
};

class spawn_attributes {
  public:
    spawn_attributes() {
        ::posix_spawnattr_init(&value_);
        sigset_t none, usual;
        ::sigemptyset(&none);
        ::sigemptyset(&usual);
        ::sigaddset(&usual, SIGPIPE); // programs that use sockets ignore it
        ::posix_spawnattr_setsigmask(&value_, &none);
        ::posix_spawnattr_setsigdefault(&value_, &usual);
        ::posix_spawnattr_setpgroup(&value_, 0);
        ::posix_spawnattr_setflags(
            &value_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    spawn_attributes(const spawn_attributes&) = delete;
    spawn_attributes& operator=(const spawn_attributes&) = delete;
    ~spawn_attributes() { ::posix_spawnattr_destroy(&value_); }
    [[nodiscard]] const posix_spawnattr_t* get() const noexcept { return &value_; }

  private:
    posix_spawnattr_t value_;
};

class spawn_files {
  public:
    spawn_files(int output, int errors) {
        ::posix_spawn_file_actions_init(&value_);
        ::posix_spawn_file_actions_addopen(&value_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&value_, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&value_, errors, STDERR_FILENO);
    }
    spawn_files(const spawn_files&) = delete;
    spawn_files& operator=(const spawn_files&) = delete;
    ~spawn_files() { ::posix_spawn_file_actions_destroy(&value_); }
    [[nodiscard]] const posix_spawn_file_actions_t* get() const noexcept { return &value_; }

  private:
    posix_spawn_file_actions_t value_;
};

// 0: it could not be started.
pid_t start(const secret_text& command, const environment& env, int output, int errors) {
    auto variables = env.assignments();
    std::vector<char*> names;
    for (auto& each : variables)
        names.push_back(each.data());
    names.push_back(nullptr);
    std::string shell = "sh", option = "-c", text{command.reveal()};
    const std::array<char*, 4> arguments{shell.data(), option.data(), text.data(), nullptr};
    const spawn_attributes attributes;
    const spawn_files files{output, errors};
    pid_t id = 0;
    const int failed = ::posix_spawn(
        &id, "/bin/sh", files.get(), attributes.get(), arguments.data(), names.data());
    wire::wipe(text.data(), text.size());
    for (auto& each : variables)
        wire::wipe(each.data(), each.size());
    return failed == 0 ? id : 0;
}

// Reads to the end, and keeps the first `longest` bytes.
asio::awaitable<secret_text> read_all(asio::posix::stream_descriptor from, std::size_t longest) {
    std::string out;
    std::array<char, 4096> part;
    while (true) {
        auto [ec, n] = co_await from.async_read_some(asio::buffer(part), net::as_result);
        if (ec) break;
        out.append(part.data(), std::min(n, longest - out.size()));
    }
    secret_text kept{out};
    wire::wipe(part.data(), part.size());
    wire::wipe(out.data(), out.size());
    co_return kept;
}

asio::awaitable<int> ended(asio::any_io_executor ex,
                           std::shared_ptr<time_source> time,
                           running_child& child) {
    int status = -1;
    if (const int notice = child.end_notice(); notice >= 0) {
        asio::posix::stream_descriptor waiting{ex, notice};
        co_await waiting.async_wait(asio::posix::descriptor_base::wait_read, net::as_result);
    }
    const auto timer = time->make_timer(ex);
    while (!child.reap(status))
        co_await net::wait_until(*timer, time->now() + 10ms);
    co_return status;
}

} // namespace

asio::awaitable<child_result> run_in_shell(asio::any_io_executor ex,
                                           std::shared_ptr<time_source> time,
                                           secret_text command,
                                           environment env,
                                           std::chrono::milliseconds limit) {
    using namespace asio::experimental::awaitable_operators;
    child_result out;
    auto output = make_pipe(), errors = make_pipe();
    if (output.read.get() < 0 || errors.read.get() < 0) co_return out;
    const auto id = start(command, env, output.write.get(), errors.write.get());
    if (id == 0) co_return out;
    out.started = true;
    const auto child = std::make_shared<running_child>(id);
    output.write = file{};
    errors.write = file{};
    const auto late = std::make_shared<bool>(false);
    const auto timer = time->make_timer(ex);
    timer->async_wait_until(time->now() + limit,
                            [late, weak = std::weak_ptr{child}](const error_code& ec) {
                                const auto running = weak.lock();
                                if (ec || !running) return;
                                *late = true;
                                running->kill();
                            });
    asio::posix::stream_descriptor said{ex, output.read.release()};
    asio::posix::stream_descriptor complained{ex, errors.read.release()};
    auto [text, complaint] = co_await (read_all(std::move(said), longest_output) &&
                                       read_all(std::move(complained), longest_errors));
    out.output = std::move(text);
    out.errors = complaint.reveal();
    out.status = co_await ended(ex, time, *child);
    out.timed_out = *late;
    co_return out;
}

} // namespace redrive::auth
