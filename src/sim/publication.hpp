#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace redrive::sim {

// The files that tell others how to reach the simulator. They are in a folder that only this user
// can read, and gone with this object.
class publication {
  public:
    publication();
    publication(const publication&) = delete;
    publication& operator=(const publication&) = delete;
    ~publication();

    void write_ca(std::string_view pem);
    // For a CA that exists as a file already.
    void use_ca(const std::filesystem::path& file);
    // An AWS shared config with one profile `sim-<account>` for each account.
    void write_config(std::string_view url,
                      const std::set<std::string, std::less<>>& accounts,
                      std::string_view region);
    // The last step: whoever sees the file can connect.
    void write_ready_file(const std::filesystem::path& file, std::string_view url);

  private:
    std::filesystem::path folder_;
    std::filesystem::path ca_file_; // empty: plain HTTP
    std::filesystem::path config_file_;
    std::filesystem::path ready_file_;
};

} // namespace redrive::sim
