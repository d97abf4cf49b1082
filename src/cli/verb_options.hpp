#pragma once

#include <CLI/App.hpp>

#include "cli/options.hpp"

namespace redrive::cli {

// Adds the verbs that take options to the program; what is parsed arrives in `to`. A bad value
// throws usage_error while parsing.
void define_verbs(CLI::App& app, options& to);

} // namespace redrive::cli
