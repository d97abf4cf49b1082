#pragma once

#include <string_view>

namespace redrive::test {

// While one lives, looking up a name that ends in ".hangs.test" takes until it is released, as with
// a resolver that does not answer. Without one no such name exists, which is told at once. Programs
// that link it have their getaddrinfo(3) replaced.
class hanging_names {
  public:
    hanging_names();
    ~hanging_names(); // releases them
    hanging_names(const hanging_names&) = delete;
    hanging_names& operator=(const hanging_names&) = delete;

    // Waits until a thread looks such a name up.
    void wait_until_asked() const;
};

} // namespace redrive::test
