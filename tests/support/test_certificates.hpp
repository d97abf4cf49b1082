#pragma once

#include <string>

namespace redrive::test {

// A TLS server's identity in PEM, and what a client must trust to accept it.
struct certificate_set {
    std::string ca;
    std::string leaf;
    std::string key;
};

// From now, in seconds.
struct validity {
    long begins = -60 * 60;
    long ends = 60 * 60;
};

// A fresh CA and a leaf for these names, in OpenSSL's syntax: "DNS:localhost,IP:127.0.0.1".
[[nodiscard]] certificate_set make_certificates(const std::string& names, validity when = {});

// The set of this run for localhost, 127.0.0.1 and ::1.
[[nodiscard]] const certificate_set& loopback_certificates();

// A file of this run that holds `text`, removed at its end; its path.
[[nodiscard]] std::string file_with(const std::string& text);

// A file with the CA of loopback_certificates().
[[nodiscard]] const std::string& loopback_ca_file();

} // namespace redrive::test
