#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "redrive/errors.hpp"

namespace redrive {

/// One thing that was looked at.
struct finding {
    enum class verdict : std::uint8_t {
        good,
        notice,  ///< works, but somebody should know
        bad,     ///< does not work: `fix` says what to do
        skipped, ///< could not be looked at, or was not asked for
    };

    std::string_view what; ///< such as `credentials`, `tls`
    verdict is = verdict::good;
    std::string text; ///< bounded, not escaped; never holds a secret
    std::string fix;  ///< the next step; empty: none
    error_code ec;    ///< of a bad one
    std::chrono::microseconds took{};
};

[[nodiscard]] std::string_view to_string(finding::verdict value) noexcept;

/// A setting, and who said so.
struct explained_value {
    std::string name;
    std::string value; ///< never a secret; empty: not set
    std::string source;
};

/// What was found for one identity in one region, in the order in which a call needs it.
struct examination {
    std::string identity;
    std::string account; ///< empty: unknown
    std::string region;
    std::string endpoint;
    std::vector<finding> findings;
    std::vector<explained_value> settings; ///< of the identity
};

/// How closely to look. Nothing of it changes anything: only lists are called, and STS for a name.
class examine_options {
  public:
    examine_options() {} // NOLINT(modernize-use-equals-default): GCC 12, as find_options

    /// Whether several lists at a time on one connection are answered in order.
    examine_options& probe_pipelining(bool wanted) {
        probe_pipelining_ = wanted;
        return *this;
    }
    /// The settings alone: nothing is sent, and there are no findings.
    examine_options& settings_only(bool wanted) {
        settings_only_ = wanted;
        return *this;
    }
    [[nodiscard]] bool probe_pipelining() const noexcept { return probe_pipelining_; }
    [[nodiscard]] bool settings_only() const noexcept { return settings_only_; }

  private:
    bool probe_pipelining_ = false;
    bool settings_only_ = false;
};

} // namespace redrive
