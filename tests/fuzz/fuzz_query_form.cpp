// Any bytes as a form: what is accepted is bounded, and each of its fields survives being written.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "wire/percent_encoding.hpp"
#include "wire/query_form.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace redrive;
    const std::string_view body{reinterpret_cast<const char*>(data), size};
    const auto form = wire::query_form::parse(body);
    if (!form) return 0;
    if (form->size() > 256) std::abort();
    for (const std::string_view name : {"Action", "RoleArn", ""}) {
        const auto value = (*form)[name];
        if (!value) continue;
        if (value->size() > body.size()) std::abort();
        std::string written;
        wire::append_parameter(written, name, *value);
        if ((*wire::query_form::parse(written))[name] != *value) std::abort();
    }
    return 0;
}
