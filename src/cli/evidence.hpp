#pragma once

#include <fstream>
#include <string>
#include <string_view>

#include "redrive/examination.hpp"
#include "redrive/observer.hpp"
#include "redrive/time_source.hpp"

namespace redrive::cli {

// A text without what tells whose it is: account numbers become zeros, names of queues and users in
// ARNs and URLs become `name`.
[[nodiscard]] std::string redacted(std::string_view text);

// `redrive.evidence/1`: how the service answered, a JSON object a line, fit to be shown to others.
class evidence final : public call_observer {
  public:
    // Throws usage_error when the file cannot be made.
    evidence(const std::string& path, time_source::wall_time now);

    void attempt_ended(const attempt_record& what) override;
    void add(const examination& of, const finding& what);
    // False: the file is not whole.
    [[nodiscard]] bool finish();

  private:
    std::ofstream file_;
};

} // namespace redrive::cli
