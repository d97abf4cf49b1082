#include "sim/certificates.hpp"

#include <chrono>
#include <memory>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace redrive::sim {
namespace {

template <auto Free>
struct freed_by {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};
using key_ptr = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using certificate_ptr = std::unique_ptr<X509, freed_by<X509_free>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, freed_by<X509_EXTENSION_free>>;
using bio_ptr = std::unique_ptr<BIO, freed_by<BIO_free_all>>;

void require(bool succeeded) {
    if (!succeeded) throw std::runtime_error{"OpenSSL cannot make a certificate"};
}

key_ptr make_key() {
    key_ptr key{EVP_EC_gen("P-256")};
    require(key != nullptr);
    return key;
}

certificate_ptr make_blank(EVP_PKEY* key, const char* name, wall_time now) {
    using namespace std::chrono_literals;
    certificate_ptr made{X509_new()};
    require(made != nullptr && X509_set_version(made.get(), 2) == 1);
    std::uint64_t serial = 0;
    require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
    require(ASN1_INTEGER_set_uint64(X509_get_serialNumber(made.get()), serial >> 1) == 1);
    const auto seconds = [](wall_time at) {
        return static_cast<std::time_t>(
            std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
    };
    // A day of slack for clocks that are behind.
    require(ASN1_TIME_set(X509_getm_notBefore(made.get()), seconds(now - 24h)) != nullptr);
    require(ASN1_TIME_set(X509_getm_notAfter(made.get()), seconds(now + 29 * 24h)) != nullptr);
    require(X509_set_pubkey(made.get(), key) == 1);
    require(X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()),
                                       "CN",
                                       MBSTRING_ASC,
                                       reinterpret_cast<const unsigned char*>(name),
                                       -1,
                                       -1,
                                       0) == 1);
    return made;
}

void add_extension(X509* subject, X509* issuer, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, subject, nullptr, nullptr, 0);
    const extension_ptr extension{X509V3_EXT_conf_nid(nullptr, &context, nid, value)};
    require(extension != nullptr && X509_add_ext(subject, extension.get(), -1) == 1);
}

void sign(X509* subject, X509* issuer, EVP_PKEY* issuer_key) {
    require(X509_set_issuer_name(subject, X509_get_subject_name(issuer)) == 1);
    require(X509_sign(subject, issuer_key, EVP_sha256()) > 0);
}

certificate_ptr make_ca(EVP_PKEY* key, wall_time now) {
    auto ca = make_blank(key, "redrive-sim CA", now);
    add_extension(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(ca.get(), ca.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(ca.get(), ca.get(), NID_subject_key_identifier, "hash");
    sign(ca.get(), ca.get(), key);
    return ca;
}

certificate_ptr make_leaf(EVP_PKEY* key, X509* ca, EVP_PKEY* ca_key, wall_time now) {
    auto leaf = make_blank(key, "localhost", now);
    add_extension(leaf.get(), ca, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(leaf.get(), ca, NID_key_usage, "critical,digitalSignature");
    add_extension(leaf.get(), ca, NID_ext_key_usage, "serverAuth");
    add_extension(leaf.get(), ca, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
    add_extension(leaf.get(), ca, NID_subject_key_identifier, "hash");
    add_extension(leaf.get(), ca, NID_authority_key_identifier, "keyid:always");
    sign(leaf.get(), ca, ca_key);
    return leaf;
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string to_pem(X509* certificate) {
    const bio_ptr bio{BIO_new(BIO_s_mem())};
    require(bio != nullptr && PEM_write_bio_X509(bio.get(), certificate) == 1);
    return text_of(bio.get());
}

std::string to_pem(EVP_PKEY* key) {
    const bio_ptr bio{BIO_new(BIO_s_mem())};
    require(bio != nullptr &&
            PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return text_of(bio.get());
}

} // namespace

certificate_set make_certificates(wall_time now) {
    const auto ca_key = make_key();
    const auto ca = make_ca(ca_key.get(), now);
    const auto leaf_key = make_key();
    const auto leaf = make_leaf(leaf_key.get(), ca.get(), ca_key.get(), now);
    return {to_pem(ca.get()), to_pem(leaf.get()), to_pem(leaf_key.get())};
}

} // namespace redrive::sim
