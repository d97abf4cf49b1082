#pragma once

#include <string>
#include <vector>

#include "sim/queue_message.hpp"
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"

namespace redrive::sim {

// Which parts of a message ReceiveMessage was asked for.
class message_selection {
  public:
    explicit message_selection(wire::json_value input);

    [[nodiscard]] bool has_system_attribute(std::string_view name) const;
    // By name, by prefix as in `trace.*`, or all of them.
    [[nodiscard]] bool has_attribute(std::string_view name) const;

  private:
    std::vector<std::string> system_, attributes_;
};

// One element of ReceiveMessage's Messages.
void write_message(wire::json_writer& out,
                   const queue_message& message,
                   const message_selection& selection);

} // namespace redrive::sim
