#pragma once

#include <string>

#include "cli/row_writer.hpp"
#include "wire/json_writer.hpp"

namespace redrive::cli {

// One row as a JSON object on one line, appended to a caller's buffer.
class json_row final : public row_writer {
  public:
    explicit json_row(std::string& out) : out_{out} { json_.begin_object(); }

    void text(const field_name& key, std::string_view value) override;
    void integer(const field_name& key, std::optional<std::int64_t> value) override;
    void number(const field_name& key, std::optional<double> value) override;
    void list(const field_name& key, const std::vector<std::string>& values) override;
    void begin(const field_name& key, bool exists) override;
    void end() override;

    // Ends the object, without a line end; once.
    void finish() { json_.end_object(); }

  private:
    void append_text(std::string_view value);

    std::string& out_;
    wire::json_writer json_{out_};
    bool hidden_ = false; // inside an object that does not exist
};

} // namespace redrive::cli
