#pragma once

#include <string>
#include <string_view>

#include "redrive/credentials.hpp"
#include "wire/digest.hpp"

namespace redrive::wire {

// The signing key of one identity, region and service, derived once a day of the signing time;
// zeroised when it changes and when it is destroyed.
class signing_key_cache {
  public:
    signing_key_cache() = default;
    signing_key_cache(const signing_key_cache&) = delete;
    signing_key_cache& operator=(const signing_key_cache&) = delete;

    // `date` is the first 8 bytes of X-Amz-Date. Another date, region, service or identity derives
    // anew.
    [[nodiscard]] const hmac_sha256_key& key(const credentials& identity,
                                             std::string_view date,
                                             std::string_view region,
                                             std::string_view service);

  private:
    std::string access_key_id_, date_, region_, service_;
    secret_text secret_;
    hmac_sha256_key key_;
};

} // namespace redrive::wire
