#pragma once

#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

namespace redrive::bench {

// A folder of its own, gone at the end.
class scratch {
  public:
    scratch() {
        std::string name =
            (std::filesystem::temp_directory_path() / "redrive-bench-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr)
            throw std::system_error{errno, std::generic_category(), name};
        folder_ = name;
    }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    ~scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] std::string file(const char* name) const { return (folder_ / name).string(); }

  private:
    std::filesystem::path folder_;
};

} // namespace redrive::bench
