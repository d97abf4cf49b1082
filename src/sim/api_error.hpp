#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace redrive::sim {

// An error reply of the service; operations throw it, the router writes it.
class api_error : public std::exception {
  public:
    // The status, legacy code and namespace that AWS gives this type; a type that is not known is a
    // front-door error of the sender with status 400. An empty message takes the usual one.
    explicit api_error(std::string_view type, std::string message = {});

    [[nodiscard]] const char* what() const noexcept override { return message.c_str(); }

    std::string type;        // the shape's name, without namespace
    std::string legacy_code; // what x-amzn-query-error says
    std::string message;
    unsigned status = 400;
    bool modelled = false; // com.amazonaws.sqs#, else com.amazon.coral.service#
};

[[nodiscard]] api_error invalid_parameter(std::string message);
[[nodiscard]] api_error missing_parameter(std::string_view name);
[[nodiscard]] api_error no_such_queue();
// "The resource that you specified for the <parameter> parameter doesn't exist."
[[nodiscard]] api_error no_such_resource(std::string_view parameter);

} // namespace redrive::sim
