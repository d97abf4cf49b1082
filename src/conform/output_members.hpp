#pragma once

#include "wire/json_writer.hpp"
#include "wire/reply_body.hpp"

namespace redrive::conform {

// An output as an object with its members named as in the service's model. What the reply may leave
// out is left out; lists and numbers that have a default are always there.
void write_output(wire::json_writer& output, const wire::cancel_output& value);
void write_output(wire::json_writer& output, const wire::list_tasks_output& value);
void write_output(wire::json_writer& output, const wire::start_output& value);
void write_output(wire::json_writer& output, const wire::list_queues_output& value);
void write_output(wire::json_writer& output, const wire::queue_url_output& value);
void write_output(wire::json_writer& output, const wire::queue_attributes_output& value);
void write_output(wire::json_writer& output, const wire::list_sources_output& value);

} // namespace redrive::conform
