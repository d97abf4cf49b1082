#include "support/test_certificates.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace redrive::test {
namespace {

template <auto Free>
struct freed_by {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};
using key_pointer = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using certificate_pointer = std::unique_ptr<X509, freed_by<X509_free>>;
using extension_pointer = std::unique_ptr<X509_EXTENSION, freed_by<X509_EXTENSION_free>>;
using memory_pointer = std::unique_ptr<BIO, freed_by<BIO_free_all>>;

void require(bool succeeded) {
    if (!succeeded) throw std::runtime_error{"OpenSSL cannot make a certificate"};
}

key_pointer make_key() {
    key_pointer key{EVP_EC_gen("P-256")};
    require(key != nullptr);
    return key;
}

certificate_pointer make_unsigned(const std::string& name,
                                  long serial,
                                  EVP_PKEY* key,
                                  validity when) {
    certificate_pointer made{X509_new()};
    require(made && X509_set_version(made.get(), 2) == 1);
    require(ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial) == 1);
    require(X509_gmtime_adj(X509_getm_notBefore(made.get()), when.begins) != nullptr);
    require(X509_gmtime_adj(X509_getm_notAfter(made.get()), when.ends) != nullptr);
    require(X509_set_pubkey(made.get(), key) == 1);
    const auto* text = reinterpret_cast<const unsigned char*>(name.c_str());
    auto* subject = X509_get_subject_name(made.get());
    require(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1);
    return made;
}

void extend(X509* certificate, X509* issuer, int what, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const extension_pointer made{X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str())};
    require(made && X509_add_ext(certificate, made.get(), -1) == 1);
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* issuer_key) {
    require(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1);
    require(X509_sign(certificate, issuer_key, EVP_sha256()) > 0);
}

template <class Write>
std::string pem_of(Write write) {
    const memory_pointer memory{BIO_new(BIO_s_mem())};
    require(memory && write(memory.get()) == 1);
    char* bytes = nullptr;
    const auto size = BIO_get_mem_data(memory.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

// Removes its folder when the program ends.
class run_folder {
  public:
    run_folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "redrive-test-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::runtime_error{"no temporary folder"};
        path_ = pattern;
    }
    ~run_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string next_file() { return (path_ / std::to_string(++count_)).string(); }

  private:
    std::filesystem::path path_;
    int count_ = 0;
};

} // namespace

certificate_set make_certificates(const std::string& names, validity when) {
    const auto ca_key = make_key();
    const auto ca = make_unsigned("redrive test CA", 1, ca_key.get(), {});
    extend(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE");
    extend(ca.get(), ca.get(), NID_key_usage, "critical,keyCertSign");
    sign(ca.get(), ca.get(), ca_key.get());

    const auto leaf_key = make_key();
    const auto leaf = make_unsigned("redrive test server", 2, leaf_key.get(), when);
    extend(leaf.get(), ca.get(), NID_basic_constraints, "critical,CA:FALSE");
    extend(leaf.get(), ca.get(), NID_subject_alt_name, names);
    sign(leaf.get(), ca.get(), ca_key.get());

    certificate_set made;
    made.ca = pem_of([&](BIO* to) { return PEM_write_bio_X509(to, ca.get()); });
    made.leaf = pem_of([&](BIO* to) { return PEM_write_bio_X509(to, leaf.get()); });
    made.key = pem_of([&](BIO* to) {
        auto* key = leaf_key.get();
        return PEM_write_bio_PrivateKey(to, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
    return made;
}

const certificate_set& loopback_certificates() {
    static const auto made = make_certificates("DNS:localhost,IP:127.0.0.1,IP:::1");
    return made;
}

std::string file_with(const std::string& text) {
    static run_folder folder;
    auto path = folder.next_file();
    std::ofstream{path, std::ios::binary} << text;
    return path;
}

const std::string& loopback_ca_file() {
    static const auto path = file_with(loopback_certificates().ca);
    return path;
}

} // namespace redrive::test
