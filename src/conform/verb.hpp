#pragma once

#include <stdexcept>
#include <string>

#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"

namespace redrive::conform {

// A case that has no answer: a key is missing or of the wrong type, or our code refuses it.
class refused : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

enum class answer { given, error };

// Each verb reads one JSON object and writes one, whole. It only carries values to the function
// that the client calls and back.
using verb = answer(wire::json_value input, wire::json_writer& output);

// One that needs a world around it, as the command line says.
struct world_options;
using worldly_verb = answer(wire::json_value input,
                            const world_options& options,
                            wire::json_writer& output);

worldly_verb find_credentials;
worldly_verb call;

verb sign;
verb endpoint;
verb parse_profile;
verb profile_chain;
verb no_proxy;
verb resolve_config;
verb serialize;
verb parse_response;
verb retry_sim;

} // namespace redrive::conform
