#include "wire/signing_key_cache.hpp"

#include "wire/sigv4.hpp"

namespace redrive::wire {

const hmac_sha256_key& signing_key_cache::key(const credentials& identity,
                                              std::string_view date,
                                              std::string_view region,
                                              std::string_view service) {
    const bool hit = date_ == date && region_ == region && service_ == service &&
                     access_key_id_ == identity.access_key_id &&
                     secret_ == identity.secret_access_key;
    if (hit) return key_;
    auto derived = derive_signing_key(identity.secret_access_key, date, region, service);
    key_ = hmac_sha256_key{as_text(derived)};
    wipe(derived.data(), derived.size());
    access_key_id_ = identity.access_key_id;
    secret_ = identity.secret_access_key;
    date_ = date;
    region_ = region;
    service_ = service;
    return key_;
}

} // namespace redrive::wire
