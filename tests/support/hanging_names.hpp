#pragma once

#include <string>
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

// While one lives, looking up this name gives this address; empty: there is none.
class given_name {
  public:
    given_name(std::string name, const std::string& address);
    ~given_name();
    given_name(const given_name&) = delete;
    given_name& operator=(const given_name&) = delete;

    void set(const std::string& address);
    [[nodiscard]] int asked() const; // how often it was looked up

  private:
    std::string name_;
};

} // namespace redrive::test
