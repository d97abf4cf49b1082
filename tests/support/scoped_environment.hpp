#pragma once

#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace redrive::test {

// While it lives the process has no settings of AWS or proxies but those that are set here.
class scoped_environment {
  public:
    scoped_environment() {
        for (char** each = environ; *each; ++each) {
            const std::string_view entry{*each};
            const auto equals = entry.find('=');
            const auto name = entry.substr(0, equals);
            if (name.starts_with("AWS_") || name.ends_with("_PROXY") || name.ends_with("_proxy") ||
                name == "REQUEST_METHOD" || name == "_X_AMZN_TRACE_ID")
                before_.emplace_back(name, entry.substr(equals + 1));
        }
        for (const auto& [name, value] : before_)
            ::unsetenv(name.c_str());
        set("AWS_CONFIG_FILE", "/dev/null");
        set("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    }
    ~scoped_environment() {
        for (const auto& name : set_)
            ::unsetenv(name.c_str());
        for (const auto& [name, value] : before_)
            ::setenv(name.c_str(), value.c_str(), 1);
    }
    scoped_environment(const scoped_environment&) = delete;
    scoped_environment& operator=(const scoped_environment&) = delete;

    void set(const std::string& name, const std::string& value) {
        ::setenv(name.c_str(), value.c_str(), 1);
        set_.push_back(name);
    }

  private:
    std::vector<std::pair<std::string, std::string>> before_;
    std::vector<std::string> set_;
};

} // namespace redrive::test
