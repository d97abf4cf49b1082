// Any bytes as the body of a reply: every value that the reader offers can be asked every question.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "wire/json_reader.hpp"

namespace {

using redrive::wire::json_reader;
using redrive::wire::json_value;

struct counts {
    std::size_t values = 0;
    std::size_t text_bytes = 0;

    bool operator==(const counts&) const = default;
};

void visit(json_value value, counts& seen) {
    ++seen.values;
    seen.text_bytes += value.text().value_or("").size();
    if (value.integer() && !value.is_number()) std::abort();
    if (value.boolean() && value.text()) std::abort();
    for (const auto element : value.elements())
        visit(element, seen);
    for (const auto [name, member] : value.members()) {
        seen.text_bytes += name.size();
        visit(member, seen);
        const auto last = value[name];
        if (last.is_null()) std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    static json_reader reader;
    counts copied;
    const auto value = reader.parse(text);
    const bool valid = value.exists();
    if (valid) visit(value, copied);

    std::string padded{text};
    padded.resize(size + json_reader::padding, '"');
    counts in_place;
    const auto again = reader.parse({padded.data(), size}, padded.size());
    if (again.exists() != valid) std::abort();
    if (valid) visit(again, in_place);
    if (!(copied == in_place)) std::abort();
    return 0;
}
