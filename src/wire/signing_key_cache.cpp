#include "wire/signing_key_cache.hpp"

#include "wire/sigv4.hpp"

namespace redrive::wire {
namespace {

void wipe(sha256_bytes& key) noexcept {
    // Through volatile, so that the stores are not dead to the optimiser.
    volatile unsigned char* byte = key.data();
    for (std::size_t i = 0; i < key.size(); ++i)
        byte[i] = 0;
}

} // namespace

signing_key_cache::~signing_key_cache() {
    wipe(key_);
}

const sha256_bytes& signing_key_cache::key(const credentials& identity,
                                           std::string_view date,
                                           std::string_view region,
                                           std::string_view service) {
    const bool hit = date_ == date && region_ == region && service_ == service &&
                     access_key_id_ == identity.access_key_id &&
                     secret_ == identity.secret_access_key;
    if (hit) return key_;
    wipe(key_);
    key_ = derive_signing_key(identity.secret_access_key, date, region, service);
    access_key_id_ = identity.access_key_id;
    secret_ = identity.secret_access_key;
    date_ = date;
    region_ = region;
    service_ = service;
    return key_;
}

} // namespace redrive::wire
