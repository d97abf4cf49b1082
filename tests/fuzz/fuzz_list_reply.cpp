#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "redrive/move_task.hpp"
#include "wire/json_reader.hpp"
#include "wire/reply_body.hpp"

namespace {

// A list that can be read says the same when it is read again with the same reader.
void read_twice(redrive::wire::json_reader& reader, std::string_view text) {
    redrive::wire::list_tasks_output first;
    redrive::wire::list_tasks_output second;
    const bool good = redrive::wire::read_body(reader.parse(text), first);
    if (redrive::wire::read_body(reader.parse(text), second) != good) std::abort();
    if (!good) return;
    if (first.tasks.size() != second.tasks.size()) std::abort();
    for (std::size_t i = 0; i < first.tasks.size(); ++i) {
        if (first.tasks[i].handle != second.tasks[i].handle) std::abort();
        if (first.tasks[i].remaining().value_or(0) < 0) std::abort();
    }
}

template <class Output>
void read_as(redrive::wire::json_value body) {
    Output out;
    static_cast<void>(redrive::wire::read_body(body, out));
}

} // namespace

// Every output is read from every body: the service may answer anything to any call.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static redrive::wire::json_reader reader;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    read_twice(reader, text);
    const auto body = reader.parse(text);
    read_as<redrive::wire::cancel_output>(body);
    read_as<redrive::wire::start_output>(body);
    read_as<redrive::wire::list_queues_output>(body);
    read_as<redrive::wire::queue_url_output>(body);
    read_as<redrive::wire::queue_attributes_output>(body);
    read_as<redrive::wire::list_sources_output>(body);
    return 0;
}
