#pragma once

#include <string>
#include <string_view>

#include "sim/api_error.hpp"
#include "sim/pace.hpp"

namespace redrive::sim {

inline constexpr std::string_view json_type = "application/x-amz-json-1.0";
inline constexpr std::string_view json_1_1_type = "application/x-amz-json-1.1";
inline constexpr std::string_view xml_type = "text/xml";
inline constexpr std::string_view html_type = "text/html";

// What a reply consists of beside the status line that follows from it.
struct reply_parts {
    unsigned status = 200;
    std::string_view content_type = json_type;
    std::string_view body;
    std::string_view request_id;
    std::string_view query_error; // x-amzn-query-error; empty: not sent
    bool close = false;           // announces the end of the connection
};

// Writes HTTP replies; keeps the text of the current Date.
class reply_writer {
  public:
    void append(std::string& out, const reply_parts& parts, wall_time date);

  private:
    std::string date_text_;
    wall_time date_second_{};
};

void append_json_error(std::string& body, const api_error& error);
// As services write it whose errors have no namespace.
void append_plain_json_error(std::string& body, const api_error& error);
void append_xml_error(std::string& body, const api_error& error, std::string_view request_id);
void append_xml_text(std::string& body, std::string_view text);

} // namespace redrive::sim
