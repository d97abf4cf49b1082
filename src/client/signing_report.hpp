#pragma once

#include <bitset>
#include <memory>
#include <string_view>

#include "redrive/observer.hpp"
#include "wire/operation.hpp"
#include "wire/request.hpp"

namespace redrive::detail {

// Tells an observer what the first request of each operation of a client is signed over.
class signing_report {
  public:
    explicit signing_report(std::shared_ptr<signing_observer> observer);

    void tell(wire::request_writer& requests,
              wire::operation op,
              std::string_view body,
              wire::wall_time when);

  private:
    std::shared_ptr<signing_observer> observer_;
    std::bitset<wire::operation_count> told_;
};

} // namespace redrive::detail
