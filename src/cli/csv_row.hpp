#pragma once

#include <string>

#include "cli/row_writer.hpp"

namespace redrive::cli {

// One row as a CSV record (RFC 4180): nested keys joined with a dot, lists with a space, unknown
// empty. Collects the header beside it.
class csv_row final : public row_writer {
  public:
    void text(const field_name& key, std::string_view value) override;
    void integer(const field_name& key, std::optional<std::int64_t> value) override;
    void number(const field_name& key, std::optional<double> value) override;
    void list(const field_name& key, const std::vector<std::string>& values) override;
    void begin(const field_name& key, bool exists) override;
    void end() override;

    // Without line ends.
    [[nodiscard]] const std::string& header() const noexcept { return header_; }
    [[nodiscard]] const std::string& record() const noexcept { return record_; }

  private:
    void field(const field_name& key, std::string_view value);

    std::string header_, record_;
    std::string prefix_; // of nested keys, with its dot
    bool hidden_ = false;
};

} // namespace redrive::cli
