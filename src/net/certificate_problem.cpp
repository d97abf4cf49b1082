#include "net/certificate_problem.hpp"

#include <boost/asio/ip/address.hpp>

#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "net/certificate_text.hpp"

namespace redrive::net {
namespace {

constexpr std::size_t most_names = 4;

std::string address_of(const ASN1_OCTET_STRING* bytes) {
    using boost::asio::ip::address_v4;
    using boost::asio::ip::address_v6;
    const auto* data = ASN1_STRING_get0_data(bytes);
    if (ASN1_STRING_length(bytes) == 4) {
        address_v4::bytes_type out;
        std::copy_n(data, out.size(), out.begin());
        return address_v4{out}.to_string();
    }
    if (ASN1_STRING_length(bytes) != 16) return "a malformed address";
    address_v6::bytes_type out;
    std::copy_n(data, out.size(), out.begin());
    return address_v6{out}.to_string();
}

std::vector<std::string> alternative_names(const X509* certificate) {
    struct freed {
        void operator()(GENERAL_NAMES* names) const noexcept { GENERAL_NAMES_free(names); }
    };
    const std::unique_ptr<GENERAL_NAMES, freed> names{static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr))};
    std::vector<std::string> out;
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const auto* each = sk_GENERAL_NAME_value(names.get(), i);
        if (each->type == GEN_DNS) out.push_back(text_of(each->d.dNSName));
        if (each->type == GEN_IPADD) out.push_back(address_of(each->d.iPAddress));
    }
    return out;
}

// As many as a line holds.
std::string names_on(const X509* certificate) {
    const auto names = alternative_names(certificate);
    if (names.empty()) return name_of(X509_get_subject_name(certificate));
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), most_names); ++i)
        out += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > most_names)
        out += " and " + std::to_string(names.size() - most_names) + " more";
    return out;
}

std::string described(const X509* certificate) {
    return "the certificate of " + name_of(X509_get_subject_name(certificate));
}

} // namespace

std::string explain_certificate_problem(X509_STORE_CTX* check, std::string_view host) {
    const int problem = X509_STORE_CTX_get_error(check);
    const auto* certificate = X509_STORE_CTX_get_current_cert(check);
    std::string fallback = X509_verify_cert_error_string(problem);
    if (!certificate) return fallback;
    switch (problem) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return described(certificate) + " expired on " + day_of(X509_get0_notAfter(certificate));
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return described(certificate) + " is not valid before " +
               day_of(X509_get0_notBefore(certificate)) + "; is the clock of this machine right?";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return "the certificate is for " + names_on(certificate) + ", not for " + std::string{host};
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE: // by another of the same name
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return described(certificate) + " was issued by " +
               name_of(X509_get_issuer_name(certificate)) + ", which is not trusted here";
    default: return described(certificate) + ": " + fallback;
    }
}

} // namespace redrive::net
