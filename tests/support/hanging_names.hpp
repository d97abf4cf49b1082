#pragma once

#include <string_view>

namespace redrive::test {

// While one lives, looking up a name that ends in ".hangs.test" takes until it is released, as with
// a resolver that does not answer; then the name does not exist. It stands in for getaddrinfo(3).
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
