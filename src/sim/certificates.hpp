#pragma once

#include <string>

#include "sim/pace.hpp"

namespace redrive::sim {

// A TLS server's identity in PEM.
struct certificate_set {
    std::string ca;    // what clients must trust
    std::string chain; // the leaf, then what it needs
    std::string key;
};

// A fresh CA and a leaf for localhost, 127.0.0.1 and ::1, valid for 30 days around `now`. The CA's
// key is forgotten at once. OpenSSL's X.509 part stays inside certificates.cpp.
[[nodiscard]] certificate_set make_certificates(wall_time now);

} // namespace redrive::sim
