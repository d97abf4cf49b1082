#pragma once

#include <string_view>

namespace redrive::cli::help {

inline constexpr std::string_view program = "Stops Amazon SQS dead-letter-queue redrives "
                                            "(message-move tasks) and proves that they stopped.";

inline constexpr std::string_view program_footer = R"(
Examples:
  redrive list --profile 'prod-*' --region all
  redrive cancel arn:aws:sqs:eu-west-1:123456789012:orders-dlq
  redrive cancel --all --profile 'prod-*' --region all --dry-run
  redrive list -o ndjson | grep orders | redrive cancel --yes -
  redrive verify --from stopped.txt
  redrive doctor --profile prod-eu
  redrive iam-policy --for cancel

`redrive help VERB` says what a verb does and lists its options.

HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY are honoured, in lower case too; the settings of
AWS's own files and variables, as every AWS tool reads them.

Exit codes:
  0    everything that was asked for is stopped, or nothing was running
  1    some target is not confirmed
  2    wrong usage, or not one valid target: nothing was sent
  3    declined, or no terminal to ask on (use --yes)
  4    credentials or permission
  5    throttled or unreachable until the time was up
  130  interrupted; redrives that are not confirmed go on running)";

inline constexpr std::string_view targets =
    "queue ARN, queue URL, queue name, task handle, or a row of redrive's own ndjson; - reads them "
    "from stdin";

inline constexpr std::string_view list_footer = R"(
Without targets, the queues of the chosen accounts and regions are searched.

Examples:
  redrive list
  redrive list --profile 'prod-*' --region all -o wide
  redrive list --match '*-orders-dlq' --min-remaining 1000
  redrive list --history arn:aws:sqs:eu-west-1:123456789012:orders-dlq
  redrive list --exit-code --quiet || echo nothing runs
  redrive list --debug-sign 2>what-was-signed.txt)";

inline constexpr std::string_view cancel_footer = R"(
Shows the plan and asks before it stops anything, unless --yes is given. With --all and --yes,
orders go out while the search goes on. Messages that were moved will not move back.

Examples:
  redrive cancel arn:aws:sqs:eu-west-1:123456789012:orders-dlq
  redrive cancel --all --match '*-orders-dlq' --older-than 10m
  redrive cancel --all --profile 'prod-*' --region all --yes
  redrive cancel --region eu-west-1 orders-dlq payments-dlq
  redrive list -o name | redrive cancel --yes -)";

inline constexpr std::string_view verify_footer = R"(
Reads until each task is over or its time is up; never stops anything.

Examples:
  redrive verify arn:aws:sqs:eu-west-1:123456789012:orders-dlq
  redrive cancel --all --yes --no-verify -o ndjson | redrive verify --verify-timeout 5m -)";

inline constexpr std::string_view doctor_footer = R"(
Looks at what a call needs, for each account and region: settings, credentials, name resolution,
TLS, the clock, the permissions to list. Changes nothing; only lists are called, and STS for a name.

Examples:
  redrive doctor
  redrive doctor --profile 'prod-*' --region eu-west-1,us-east-1 -o ndjson
  redrive doctor --explain-config
  redrive doctor --probe-pipelining --record evidence.ndjson)";

inline constexpr std::string_view iam_policy_footer = R"(
Asks nobody and needs no credentials. The policy goes to stdout, notes for its reviewer to stderr.

Examples:
  redrive iam-policy
  redrive iam-policy --for list,verify --quiet
  redrive iam-policy --queue 'arn:aws:sqs:*:123456789012:*-dlq' --kms >stop-redrives.json
  redrive iam-policy --assume-role stop-redrives --organizations
  redrive iam-policy --for start --queue arn:aws:sqs:eu-west-1:123456789012:orders-dlq \
      --destination arn:aws:sqs:eu-west-1:123456789012:orders)";

} // namespace redrive::cli::help
