#pragma once

#include <cstddef>
#include <string>

#include "auth/config_lookup.hpp"
#include "auth/environment.hpp"
#include "auth/shared_config.hpp"

namespace redrive::auth {

// Where the shared files are, and reading them: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE,
// else ~/.aws/config and ~/.aws/credentials.

struct config_file_place {
    std::string path;               // to open
    std::string shown;              // with the home folder written as ~
    bool asked_for_by_name = false; // then its absence is worth a warning
};

struct config_file_places {
    config_file_place config;
    config_file_place credentials;
};

inline constexpr std::size_t longest_config_file = std::size_t{1} << 20;

[[nodiscard]] config_file_places locate_config_files(const environment& env);

// Reads and merges both. A missing file is an empty one. `root` is put before each absolute path
// that is opened; the conformance driver works in a folder of its own.
[[nodiscard]] result<shared_config> load_shared_config(const environment& env,
                                                       const std::string& root = {});

// The profile that the environment selects: AWS_PROFILE, else `default`.
[[nodiscard]] sourced<std::string> profile_choice(const environment& env);
[[nodiscard]] std::string selected_profile(const environment& env);

} // namespace redrive::auth
