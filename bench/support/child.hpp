#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "support/resources.hpp"

namespace redrive::bench {

// What a program that ended did and used.
struct child_result {
    int exit_code = -1;            // -1: a signal ended it
    double started = 0, ended = 0; // as resources::wall_seconds
    double cpu_seconds = 0;
    long peak_kib = 0;
};

inline std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (auto& text : texts)
        out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

inline double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// Runs a program with exactly this environment, its stdout and stderr going to files, to its end.
inline child_result run_child(std::vector<std::string> arguments,
                              std::vector<std::string> environment,
                              const std::string& stdout_file,
                              const std::string& stderr_file) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    constexpr int mode = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, stdout_file.c_str(), mode, 0600);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, stderr_file.c_str(), mode, 0600);
    const auto argv = pointers_to(arguments), envp = pointers_to(environment);
    child_result out;
    out.started = resources::now().wall_seconds;
    pid_t pid = 0;
    const int failed = posix_spawn(&pid, argv[0], &files, nullptr, argv.data(), envp.data());
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) throw std::system_error{failed, std::generic_category(), arguments[0]};
    rusage used{};
    int status = 0;
    while (wait4(pid, &status, 0, &used) < 0)
        if (errno != EINTR) throw std::system_error{errno, std::generic_category(), "wait4"};
    out.ended = resources::now().wall_seconds;
    out.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    out.cpu_seconds = seconds(used.ru_utime) + seconds(used.ru_stime);
    out.peak_kib = used.ru_maxrss;
    return out;
}

// What the program needs to talk to a bench_null_server, and nothing else of this machine.
inline std::vector<std::string> child_environment() {
    return {"PATH=/usr/bin:/bin",
            "HOME=/nonexistent",
            "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "AWS_REGION=us-east-1"};
}

} // namespace redrive::bench
