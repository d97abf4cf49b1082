#include "net/certificate_text.hpp"

#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace redrive::net {
namespace {

constexpr std::size_t longest_name = 100;

} // namespace

std::string text_of(const ASN1_STRING* text) {
    const auto size = static_cast<std::size_t>(std::max(0, ASN1_STRING_length(text)));
    return std::string{reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                       std::min(size, longest_name)};
}

std::string day_of(const ASN1_TIME* when) {
    std::tm broken{};
    std::array<char, 16> text{};
    if (ASN1_TIME_to_tm(when, &broken) != 1) return "an unreadable date";
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &broken)};
}

std::string name_of(const X509_NAME* whole) {
    for (const int part : {NID_commonName, NID_organizationName}) {
        const int at = X509_NAME_get_index_by_NID(whole, part, -1);
        if (at < 0) continue;
        return text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(whole, at)));
    }
    return "nobody";
}

} // namespace redrive::net
