#include "flow/call_fault.hpp"

#include <gtest/gtest.h>

namespace redrive::flow {
namespace {

call_fault fault(error_code ec, unsigned status = 0, const char* message = "") {
    diagnostics why;
    why.http_status = status;
    why.message = message;
    return call_fault_of(ec, why);
}

TEST(CallFault, TellsAJunkHandleFromOtherRejections) {
    EXPECT_EQ(
        fault(service_errc::invalid_parameter, 400, "Value for parameter TaskHandle is invalid."),
        call_fault::junk);
    EXPECT_EQ(fault(service_errc::invalid_parameter, 400, "The TaskHandle parameter is required."),
              call_fault::rejected);
    EXPECT_EQ(fault(service_errc::unsupported, 400), call_fault::rejected);
}

TEST(CallFault, TakesNoRefusalForASuccess) {
    EXPECT_EQ(fault(service_errc::resource_not_found, 404), call_fault::no_such_thing);
    EXPECT_EQ(fault(service_errc::queue_not_found, 400), call_fault::no_such_thing);
    EXPECT_EQ(fault(service_errc::task_not_active, 400), call_fault::not_active);
}

TEST(CallFault, JudgesAnUnknownCodeByItsStatus) {
    EXPECT_EQ(fault(service_errc::unrecognised, 400), call_fault::rejected);
    EXPECT_EQ(fault(service_errc::unrecognised, 503), call_fault::useless);
    EXPECT_EQ(fault(service_errc::internal, 500), call_fault::useless);
    EXPECT_EQ(fault(static_cast<service_errc>(99)), call_fault::useless);
}

TEST(CallFault, KeepsThrottlingApartFromDenial) {
    EXPECT_EQ(fault(service_errc::throttled, 403), call_fault::throttled);
    for (const auto value : {service_errc::access_denied,
                             service_errc::invalid_credentials,
                             service_errc::expired_credentials,
                             service_errc::clock_skew,
                             service_errc::not_enabled}) {
        EXPECT_EQ(fault(value, 403), call_fault::denied) << static_cast<int>(value);
    }
    EXPECT_EQ(fault(client_errc::no_credentials), call_fault::denied);
    EXPECT_EQ(fault(client_errc::bad_configuration), call_fault::denied);
}

TEST(CallFault, CallsAGarbledReplyUselessAndSilenceUnreachable) {
    EXPECT_EQ(fault(client_errc::reply_malformed), call_fault::useless);
    EXPECT_EQ(fault(client_errc::reply_too_large), call_fault::useless);
    for (const auto value : {client_errc::deadline_exceeded,
                             client_errc::client_closed,
                             client_errc::bad_ca_bundle,
                             client_errc::resolve_failed,
                             client_errc::connect_failed,
                             client_errc::connect_timeout,
                             client_errc::tls_failed,
                             client_errc::certificate_rejected,
                             client_errc::tls_timeout,
                             client_errc::proxy_failed,
                             client_errc::proxy_refused,
                             client_errc::connection_lost,
                             client_errc::read_timeout,
                             client_errc::queue_full,
                             client_errc::undecided,
                             static_cast<client_errc>(99)}) {
        EXPECT_EQ(fault(value), call_fault::unreachable) << static_cast<int>(value);
    }
    EXPECT_EQ(fault(boost::system::errc::make_error_code(boost::system::errc::connection_reset)),
              call_fault::unreachable);
}

TEST(CallFault, BlamesTheUserForWhatCannotBeSent) {
    EXPECT_EQ(fault(client_errc::invalid_argument), call_fault::junk);
    EXPECT_EQ(fault(client_errc::no_region), call_fault::junk);
}

} // namespace
} // namespace redrive::flow
