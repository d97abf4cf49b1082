#include "cli/field_name.hpp"

#include <gtest/gtest.h>

namespace redrive::cli {
namespace {

TEST(FieldName, IsMadeIntoJsonWhenItIsCompiled) {
    constexpr field_name name{"moved_at_2"};
    static_assert(name.text() == "moved_at_2");
    static_assert(name.json_member() == ",\"moved_at_2\":");
    static_assert(name.json_null() == ",\"moved_at_2\":null");
    static_assert(field_name{"a_name_of_twentyeight_letter"}.text().size() == field_name::longest);
}

} // namespace
} // namespace redrive::cli
