#include <unistd.h>

#include "cli/console.hpp"
#include "cli/data_stream.hpp"
#include "cli/indented_json.hpp"
#include "cli/policy_notes.hpp"
#include "cli/verbs.hpp"

namespace redrive::cli {

exit_code run_iam_policy(const options& given) {
    auto scope = given.policy.scope;
    if (given.policy.every_key) scope.keys = {"*"};
    console notices{STDERR_FILENO, false, false};
    data_stream out{STDOUT_FILENO};
    out.write(indented(flow::least_policy(scope)));
    out.flush();
    if (out.has_failed() && !out.reader_is_gone()) {
        notices.warn("stdout: " + out.failure().message() + ": the policy was not written");
        return exit_code::not_confirmed;
    }
    if (!given.output.quiet) notices.say(policy_notes(scope));
    return exit_code::ok;
}

} // namespace redrive::cli
