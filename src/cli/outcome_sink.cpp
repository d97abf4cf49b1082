#include "cli/outcome_sink.hpp"

#include <fmt/format.h>

#include "cli/fleet_setup.hpp"
#include "cli/text_escape.hpp"

namespace redrive::cli {

stop_options outcome_sink::options() {
    auto how = stop_options_of(run_.given());
    how.on_outcome([this](const target_outcome& done) { add(done); });
    return how;
}

exit_code outcome_sink::finish(const stop_report& report, exit_code code) {
    code = run_.finish(rows_, code);
    run_.notices().say(summary_of(report, unconfirmed_, run_.how_much()));
    return code;
}

void outcome_sink::add(const target_outcome& done) {
    rows_.add(done);
    unconfirmed_.add(done);
    if (done.replaced)
        run_.notices().warn(fmt::format(
            "a NEW redrive was started on {} and is running: cancel it by the queue's ARN",
            escaped(done.source_arn)));
}

} // namespace redrive::cli
