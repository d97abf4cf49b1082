#pragma once

#include <string>

#include "cli/row_writer.hpp"
#include "wire/json_writer.hpp"

namespace redrive::cli {

// One row as a JSON object on one line.
class json_row final : public row_writer {
  public:
    json_row() { json_.begin_object(); }

    void text(std::string_view key, std::string_view value) override;
    void integer(std::string_view key, std::optional<std::int64_t> value) override;
    void number(std::string_view key, std::optional<double> value) override;
    void list(std::string_view key, const std::vector<std::string>& values) override;
    void begin(std::string_view key, bool exists) override;
    void end() override;

    // The finished object, without a line end; once.
    [[nodiscard]] std::string take();

  private:
    std::string text_;
    wire::json_writer json_{text_};
    bool hidden_ = false; // inside an object that does not exist
};

} // namespace redrive::cli
