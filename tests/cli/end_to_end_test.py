"""Drives redrive against redrive-sim as a person and as a script would.

usage: end_to_end_test.py REDRIVE REDRIVE_SIM
"""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from program import Refusing, Simulator, Terminal, clean_environment, run  # noqa: E402

REDRIVE, SIM = sys.argv[1:3]
FLEET = "accounts=2,regions=2,queues=24,running=12,backlog=500000,rate=100"
EVERYWHERE = ("--profile", "sim-*", "--region", "us-east-1,us-west-2")

TASK_KEYS = ["schema", "account", "region", "queue", "source_arn", "destination_arn", "task_handle", "status", "moved",
             "to_move", "remaining", "max_rate", "started", "age_s", "failure_reason", "request_id"]
OUTCOME_KEYS = ["schema", "input", "account", "region", "queue", "source_arn", "started", "outcome", "evidence",
                "status", "moved_at_list", "moved_at_cancel", "moved_at_stop", "drift", "attempts", "resent",
                "request_ids", "ordered_at", "accepted_at", "confirmed_at", "error"]
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")


class WithFleet(unittest.TestCase):
    """Each test has a fleet of its own: what it stops stays stopped."""

    arguments = ("--fleet", FLEET)

    def setUp(self):
        self.sim = Simulator(SIM, *self.arguments)
        self.addCleanup(self.sim.__exit__)

    def redrive(self, *arguments, **more):
        return run(REDRIVE, *arguments, **more, **self.sim.env)

    def running(self):
        return self.sim.state()["totals"]["running"]

    def sources(self):
        return self.redrive("list", *EVERYWHERE, "-o", "name").out.split()


class List(WithFleet):
    def test_finds_every_running_task_as_a_row_of_the_schema(self):
        ended = self.redrive("list", *EVERYWHERE)
        self.assertEqual(ended.code, 0, ended)
        rows = ended.rows()
        self.assertEqual(len(rows), 12)
        for row in rows:
            self.assertEqual(list(row), TASK_KEYS)
            self.assertEqual(row["schema"], "redrive.task/1")
            self.assertRegex(row["started"], TIME)
            self.assertIsInstance(row["age_s"], (int, float))
            self.assertEqual(row["remaining"], row["to_move"] - row["moved"])
        self.assertIn("found 12 tasks", ended.err)

    def test_writes_each_format(self):
        as_json = json.loads(self.redrive("list", *EVERYWHERE, "-o", "json").out)
        self.assertEqual(len(as_json), 12)
        table = list(csv.DictReader(io.StringIO(self.redrive("list", *EVERYWHERE, "-o", "csv").out)))
        self.assertEqual(list(table[0]), TASK_KEYS)
        self.assertEqual({row["source_arn"] for row in table}, {row["source_arn"] for row in as_json})
        names = self.redrive("list", *EVERYWHERE, "-o", "name").out.split()
        self.assertEqual(sorted(names), sorted(row["source_arn"] for row in as_json))
        wide = self.redrive("list", *EVERYWHERE, "-o", "wide").out.splitlines()
        self.assertEqual(len(wide), 13)
        self.assertTrue(wide[0].startswith("ACCOUNT"))

    def test_narrows_by_name_and_says_by_its_exit_code_whether_there_are_any(self):
        some = self.redrive("list", *EVERYWHERE, "--match", "*-00001-*", "--exit-code")
        self.assertEqual((some.code, len(some.rows())), (0, 4), some)
        none = self.redrive("list", *EVERYWHERE, "--match", "nothing*", "--exit-code", "-o", "json")
        self.assertEqual((none.code, none.out), (1, "[]\n"), none)
        header = self.redrive("list", *EVERYWHERE, "--match", "nothing*", "-o", "csv")
        self.assertEqual((header.code, header.out), (0, ",".join(TASK_KEYS) + "\n"))

    def test_reads_given_queues_only(self):
        name = self.sources()[0]
        ended = self.redrive("list", *EVERYWHERE, name)
        self.assertEqual([row["source_arn"] for row in ended.rows()], [name], ended)

    def test_ends_quietly_when_its_reader_goes_away(self):
        process = subprocess.Popen([REDRIVE, "list", *EVERYWHERE], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=clean_environment(**self.sim.env))
        process.stdout.close()
        err = process.stderr.read().decode()
        process.stderr.close()
        self.assertEqual((process.wait(30), err), (0, ""))


class Cancel(WithFleet):
    def test_stops_everything_it_finds_and_proves_it(self):
        ended = self.redrive("cancel", "--all", "--yes", *EVERYWHERE)
        self.assertEqual(ended.code, 0, ended)
        rows = ended.rows()
        self.assertEqual(len(rows), 12)
        for row in rows:
            self.assertEqual(list(row), OUTCOME_KEYS)
            self.assertEqual((row["schema"], row["outcome"], row["evidence"], row["status"], row["error"]),
                             ("redrive.outcome/1", "stopped", "terminal", "CANCELLED", None))
            self.assertEqual(row["drift"], row["moved_at_stop"] - row["moved_at_cancel"])
            for key in ("started", "ordered_at", "accepted_at", "confirmed_at"):
                self.assertRegex(row[key], TIME)
        self.assertIn("12 targets: 12 stopped", ended.err)
        self.assertRegex(ended.err, r"searched between \S+Z and \S+Z")
        state = self.sim.state()
        self.assertEqual((state["totals"]["running"], state["totals"]["cancelled"]), (0, 12))
        self.assertEqual(state["forbidden"], [])

    def test_stops_given_targets_and_names_bad_lines_by_their_number(self):
        first, second = self.sources()[:2]
        listing = f"# mine\n\n{first}\n  {second}\r\nnot a target\n\x00\n"
        ended = self.redrive("cancel", "--yes", "--ordered", *EVERYWHERE, "-", stdin=listing)
        self.assertEqual(ended.code, 1, ended)
        rows = ended.rows()
        self.assertEqual([row["outcome"] for row in rows], ["stopped", "stopped", "invalid", "invalid"])
        self.assertEqual([row["input"]["index"] for row in rows], [0, 1, 2, 3])
        self.assertEqual([row["input"]["line"] for row in rows], [3, 4, 5, 6])
        self.assertIn("line 5", ended.err)
        self.assertEqual(self.running(), 10)

    def test_takes_rows_handles_urls_and_names(self):
        rows = self.redrive("list", *EVERYWHERE).rows()
        east = [row for row in rows if row["region"] == "us-east-1" and row["account"] == "100000000001"]
        url = f"{self.sim.ready['url']}/{east[1]['account']}/{east[1]['queue']}"
        ended = self.redrive("cancel", "--yes", "--ordered", "--profile", "sim-100000000001", "--region", "us-east-1",
                             east[0]["task_handle"], url, "-", stdin=json.dumps(east[2]) + "\n")
        self.assertEqual(ended.code, 0, ended)
        self.assertEqual([row["queue"] for row in ended.rows()], [row["queue"] for row in east[:3]])
        named = self.redrive("cancel", "--yes", "--profile", "sim-100000000001", "--region", "us-east-1",
                             east[0]["queue"])
        self.assertEqual((named.code, named.rows()[0]["outcome"]), (0, "not_running"), named)

    def test_reads_several_files_after_the_arguments(self):
        names = self.sources()
        files = []
        for number, name in enumerate(names[1:3]):
            files.append(Path(self.sim.folder.name) / f"{number}.txt")
            files[-1].write_text(name, encoding="utf-8")  # without a line end
        ended = self.redrive("cancel", "--yes", "--ordered", *EVERYWHERE, names[0], "--from", str(files[0]), "--from",
                             str(files[1]))
        self.assertEqual([row["source_arn"] for row in ended.rows()], names[:3], ended)
        self.assertEqual([row["input"]["line"] for row in ended.rows()], [None, 1, 1])

    def test_refuses_to_guess_without_a_terminal(self):
        for targets in (["--all"], self.sources()[:1]):
            ended = self.redrive("cancel", *EVERYWHERE, *targets)
            self.assertEqual((ended.code, ended.out), (3, ""), ended)
            self.assertIn("--yes", ended.err)
        self.assertEqual(self.running(), 12)

    def test_a_dry_run_shows_the_tasks_and_stops_nothing(self):
        ended = self.redrive("cancel", "--all", "--dry-run", "--yes", *EVERYWHERE)
        self.assertEqual((ended.code, len(ended.rows())), (0, 12), ended)
        self.assertEqual({row["schema"] for row in ended.rows()}, {"redrive.task/1"})
        self.assertIn("nothing was cancelled", ended.err)
        self.assertIn("12 tasks in 2 accounts and 2 regions", ended.err)
        self.assertEqual(self.running(), 12)

    def test_stops_at_the_ceiling(self):
        ended = self.redrive("cancel", "--all", "--yes", "--max-tasks", "5", *EVERYWHERE)
        self.assertEqual(ended.code, 1, ended)
        outcomes = [row["outcome"] for row in ended.rows()]
        self.assertEqual((outcomes.count("stopped"), outcomes.count("skipped")), (5, 7))
        self.assertEqual(self.running(), 7)

    def test_can_leave_the_proof_out(self):
        ended = self.redrive("cancel", "--all", "--yes", "--no-verify", *EVERYWHERE)
        self.assertEqual(ended.code, 0, ended)
        self.assertEqual({row["outcome"] for row in ended.rows()}, {"accepted"})
        verified = self.redrive("verify", *EVERYWHERE, "-", stdin=ended.out)
        self.assertEqual(verified.code, 0, verified)
        self.assertEqual(len(verified.rows()), 12)

    def test_finishes_the_stop_when_its_reader_goes_away(self):
        process = subprocess.Popen([REDRIVE, "cancel", "--all", "--yes", *EVERYWHERE], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env=clean_environment(**self.sim.env))
        process.stdout.close()
        err = process.stderr.read().decode()
        process.stderr.close()
        self.assertEqual(process.wait(30), 0, err)
        self.assertEqual(self.running(), 0)

    def test_says_nothing_when_it_is_quiet_and_all_is_well(self):
        ended = self.redrive("cancel", "--all", "--yes", "--quiet", *EVERYWHERE)
        self.assertEqual((ended.code, ended.err), (0, ""), ended)

    def test_tells_an_input_without_targets_from_success(self):
        ended = self.redrive("cancel", "--yes", *EVERYWHERE, "-", stdin="# nothing\n")
        self.assertEqual(ended.code, 2, ended)


class OnATerminal(WithFleet):
    def terminal(self, *arguments, **more):
        return Terminal(REDRIVE, *arguments, **more, **self.sim.env)

    def test_shows_the_plan_and_stops_when_the_count_is_typed(self):
        screen = self.terminal("cancel", "--all", "--color", "never", *EVERYWHERE)
        text = screen.read_until("type 12: ")
        self.assertIn("will not move back", text)
        self.assertIn("MOVED/TO MOVE", text)
        self.assertEqual(self.running(), 12)
        screen.type("12\n")
        ended = screen.end()
        self.assertEqual(ended.code, 0, ended)
        self.assertIn("12 targets: 12 stopped", ended.out)
        self.assertEqual(self.running(), 0)

    def test_stops_nothing_when_something_else_is_typed(self):
        for answer in ("y\n", "\n", "11\n", "\x04"):
            screen = self.terminal("cancel", "--all", *EVERYWHERE)
            screen.read_until("type 12: ")
            screen.type(answer)
            ended = screen.end()
            self.assertEqual(ended.code, 3, ended)
            self.assertIn("declined", ended.out)
        self.assertEqual(self.running(), 12)

    def test_asks_yes_or_no_for_one_task(self):
        screen = self.terminal("cancel", *EVERYWHERE, self.sources()[0])
        screen.read_until("Cancel 1 task? [y/N] ")
        screen.type("y\n")
        self.assertEqual(screen.end().code, 0)
        self.assertEqual(self.running(), 11)

    def test_asks_on_the_terminal_when_stdin_holds_the_targets(self):
        reader, writer = os.pipe()
        os.write(writer, (self.sources()[0] + "\n").encode())
        os.close(writer)
        screen = self.terminal("cancel", *EVERYWHERE, "-", stdin=reader)
        os.close(reader)
        screen.read_until("[y/N] ")
        screen.type("yes\n")
        self.assertEqual(screen.end().code, 0)
        self.assertEqual(self.running(), 11)

    def test_refuses_a_plan_above_the_ceiling_before_it_asks(self):
        screen = self.terminal("cancel", "--all", "--max-tasks", "11", *EVERYWHERE)
        ended = screen.end()
        self.assertEqual(ended.code, 3, ended)
        self.assertIn("--max-tasks 11", ended.out)
        self.assertEqual(self.running(), 12)

    def test_ends_with_130_when_it_is_interrupted_at_the_question(self):
        screen = self.terminal("cancel", "--all", *EVERYWHERE)
        screen.read_until("type 12: ")
        screen.type("\x03")
        ended = screen.end()
        self.assertEqual(ended.code, 130, ended)
        self.assertIn("nothing was cancelled", ended.out)
        self.assertEqual(self.running(), 12)

    def test_colours_a_table_on_a_terminal_unless_told_otherwise(self):
        colours = self.terminal("list", *EVERYWHERE).end().out
        self.assertIn("\x1b[31mRUNNING\x1b[0m", colours)
        self.assertNotIn("\x1b[31m", self.terminal("list", *EVERYWHERE, NO_COLOR="1").end().out)
        self.assertNotIn("\x1b[31m", self.terminal("list", "--color", "never", *EVERYWHERE).end().out)


class Verify(WithFleet):
    def test_is_0_only_when_every_given_task_is_over(self):
        first, second = self.sources()[:2]
        self.assertEqual(self.redrive("cancel", "--yes", *EVERYWHERE, first).code, 0)
        over = self.redrive("verify", *EVERYWHERE, first)
        self.assertEqual(over.code, 0, over)
        not_over = self.redrive("verify", *EVERYWHERE, "--verify-timeout", "1s", first, second)
        self.assertEqual(not_over.code, 1, not_over)
        self.assertEqual(self.running(), 11)


class ByARole(WithFleet):
    arguments = ("--fleet", FLEET, "--role", "stopper=ticket-7")

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def in_role(self, source, *arguments):
        """Runs redrive with a profile that assumes the role in the second account."""
        return run(REDRIVE, *arguments, "--profile", "member", AWS_CONFIG_FILE=self.config(source))

    def config(self, source):
        config = self.folder / "config"
        config.write_text(Path(self.sim.ready["config_file"]).read_text(encoding="utf-8")
                          + "[profile member]\nrole_arn = arn:aws:iam::100000000002:role/stopper\n"
                          + f"{source}\nregion = us-east-1\nendpoint_url = {self.sim.ready['url']}\n"
                          + f"ca_bundle = {self.sim.ready['ca_bundle']}\n", encoding="utf-8")
        return str(config)

    def calls(self, operation):
        return [(call["account"], call["result"]) for call in self.sim.state()["calls"]
                if call["operation"] == operation]


class InARole(ByARole):
    def test_stops_the_tasks_of_the_roles_account_alone(self):
        ended = self.in_role("source_profile = sim-100000000001\nexternal_id = ticket-7",
                             "cancel", "--all", "--yes")
        self.assertEqual(ended.code, 0, ended)
        self.assertEqual({(row["account"], row["outcome"]) for row in ended.rows()},
                         {("100000000002", "stopped")})
        self.assertEqual(len(ended.rows()), 3)
        self.assertEqual(self.calls("AssumeRole"), [("100000000001", "ok")])
        self.assertEqual(self.sim.state()["forbidden"], [])

    def test_takes_a_token_from_a_file_instead_of_keys(self):
        token = self.folder / "token"
        token.write_text("header.payload.signature\n", encoding="utf-8")
        ended = self.in_role(f"web_identity_token_file = {token}", "list")
        self.assertEqual(ended.code, 0, ended)
        self.assertEqual({row["account"] for row in ended.rows()}, {"100000000002"})
        self.assertEqual(self.calls("AssumeRoleWithWebIdentity"), [("100000000002", "ok")])

    def test_is_denied_without_the_external_id(self):
        ended = self.in_role("source_profile = sim-100000000001", "list")
        self.assertEqual(ended.code, 4, ended)
        self.assertIn("AccessDenied", ended.err)
        self.assertIn("arn:aws:iam::100000000002:role/stopper", ended.err)


class ManyAccounts(WithFleet):
    """One identity enters other accounts by a role in each."""

    arguments = ("--fleet", "accounts=4,regions=2,queues=32,running=16,backlog=500000,rate=100")
    base = ("--profile", "sim-100000000001", "--region", "us-east-1,us-west-2", "--assume-role", "Ops")

    def calls(self, operation):
        return sorted((call["account"], call["result"], call["count"]) for call in self.sim.state()["calls"]
                      if call["operation"] == operation)

    def test_stops_in_the_listed_accounts_alone_and_assumes_each_role_once(self):
        ended = self.redrive("cancel", "--all", "--yes", "--narrow", *self.base,
                             "--accounts", "100000000002,100000000003")
        self.assertEqual(ended.code, 0, ended)
        self.assertEqual({row["account"] for row in ended.rows()}, {"100000000002", "100000000003"})
        self.assertEqual([row["outcome"] for row in ended.rows()], ["stopped"] * 8)
        self.assertEqual(self.calls("AssumeRole"), [("100000000001", "ok", 2)])
        self.assertEqual(self.running(), 8)
        self.assertEqual(self.sim.state()["forbidden"], [])

    def test_tells_of_an_account_that_cannot_be_entered_once_and_searches_the_others(self):
        with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as file:
            file.write('# ours\n{"account": "100000000002"}\n{"account": "999999999999"}\n'
                       '{"account": "100000000003", "regions": ["us-west-2"]}\n')
            file.flush()
            ended = self.redrive("list", *self.base, "--accounts", f"@{file.name}")
        self.assertEqual(ended.code, 4, ended)
        self.assertEqual(sorted((row["account"], row["region"]) for row in ended.rows()),
                         [("100000000002", "us-east-1")] * 2 + [("100000000002", "us-west-2")] * 2
                         + [("100000000003", "us-west-2")] * 2)
        self.assertEqual(ended.err.count("arn:aws:iam::999999999999:role/Ops failed"), 1, ended)
        self.assertIn("1 denied", ended.err)

    def test_stops_a_task_whose_account_is_entered(self):
        source = "arn:aws:sqs:us-east-1:100000000004:orders-00001-dlq"
        ended = self.redrive("cancel", "--yes", *self.base, "--accounts", "100000000002,100000000004", source)
        self.assertEqual(ended.code, 0, ended)
        self.assertEqual([(row["account"], row["outcome"]) for row in ended.rows()],
                         [("100000000004", "stopped")])
        self.assertEqual(self.calls("AssumeRole"), [("100000000001", "ok", 1)])

    def test_refuses_what_does_not_go_together(self):
        for arguments, why in ((("--assume-role", "Ops"), "add --accounts"),
                               (("--accounts", "100000000002"), "add --assume-role"),
                               (("--accounts", "prod", "--assume-role", "Ops"), "is not an account"),
                               (("--accounts", "100000000002", "--assume-role", "Ops", "--profile", "sim-*"),
                                "choose one")):
            ended = self.redrive("list", *arguments)
            self.assertEqual(ended.code, 2, ended)
            self.assertIn(why, ended.err)


class WithAnMfaDevice(ByARole):
    """The role's profile names a device whose code is asked for on the terminal."""

    source = ("source_profile = sim-100000000001\nexternal_id = ticket-7\n"
              "mfa_serial = arn:aws:iam::100000000001:mfa/phone")

    def test_asks_for_its_code_once(self):
        screen = self.on_terminal("list", "-o", "name")
        screen.read_until("MFA code of arn:aws:iam::100000000001:mfa/phone: ")
        screen.type("123456\n")
        ended = screen.end()
        self.assertEqual(ended.code, 0, ended)
        self.assertEqual(ended.out.count("MFA code"), 1, ended)
        self.assertIn("arn:aws:sqs:us-east-1:100000000002:", ended.out)
        self.assertEqual(self.calls("AssumeRole"), [("100000000001", "ok")])

    def test_is_denied_when_no_code_is_given(self):
        screen = self.on_terminal("list")
        screen.read_until("MFA code")
        screen.type("\n")
        ended = screen.end()
        self.assertEqual(ended.code, 4, ended)
        self.assertEqual(self.calls("AssumeRole"), [])

    def test_says_that_nobody_can_be_asked_without_a_terminal(self):
        ended = self.in_role(self.source, "list")
        self.assertEqual(ended.code, 4, ended)
        self.assertIn("nobody can be asked", ended.err)

    def on_terminal(self, *arguments):
        return Terminal(REDRIVE, *arguments, "--profile", "member", AWS_CONFIG_FILE=self.config(self.source))


class IamPolicy(unittest.TestCase):
    def policy(self, *arguments, code=0):
        ended = run(REDRIVE, "iam-policy", *arguments)
        self.assertEqual(ended.code, code, ended)
        policy = json.loads(ended.out)
        self.assertEqual(policy["Version"], "2012-10-17")
        return {statement["Sid"]: statement for statement in policy["Statement"]}, ended

    def test_prints_the_least_policy_for_a_stop_and_says_what_surprises(self):
        statements, ended = self.policy()
        self.assertEqual(statements["Redrives"]["Action"],
                         ["sqs:CancelMessageMoveTask", "sqs:DeleteMessage", "sqs:GetQueueAttributes",
                          "sqs:GetQueueUrl", "sqs:ListMessageMoveTasks", "sqs:ReceiveMessage"])
        self.assertEqual(statements["Search"], {"Sid": "Search", "Effect": "Allow", "Action": ["sqs:ListQueues"],
                                                "Resource": ["*"]})
        self.assertEqual(len(statements), 2)
        for word in ("never receives or deletes", "queue policy", "aws:CalledViaLast"):
            self.assertIn(word, ended.err)

    def test_narrows_what_can_be_narrowed(self):
        queue, key = "arn:aws:sqs:*:123456789012:*-dlq", "arn:aws:kms:eu-west-1:123456789012:key/k"
        statements, ended = self.policy("--for", "cancel,list", "--queue", queue, "--kms-key", key, "--assume-role",
                                        "stop", "--organizations", "--quiet")
        self.assertEqual(ended.err, "")
        self.assertEqual({sid: statement["Resource"] for sid, statement in statements.items()},
                         {"Redrives": [queue], "Search": ["*"], "Keys": [key], "Roles": ["arn:*:iam::*:role/stop"],
                          "Accounts": ["*"]})
        every_key, _ = self.policy("--kms")
        self.assertEqual((every_key["Keys"]["Action"], every_key["Keys"]["Resource"]), (["kms:Decrypt"], ["*"]))

    def test_refuses_what_it_cannot_understand(self):
        for arguments in (["--for", "stop"], ["--queue", "orders-dlq"], ["--kms", "--kms-key", "k"], ["cancel"]):
            ended = run(REDRIVE, "iam-policy", *arguments)
            self.assertEqual((ended.code, ended.out), (2, ""), ended)

    def test_does_not_succeed_when_the_policy_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            process = subprocess.run([REDRIVE, "iam-policy"], stdout=full, stderr=subprocess.PIPE, check=False,
                                     env=clean_environment())
        self.assertEqual(process.returncode, 1)
        self.assertIn(b"was not written", process.stderr)


class Refused(unittest.TestCase):
    """Against a service that says no, with temporary credentials."""

    queue = "arn:aws:sqs:eu-west-1:123456789012:orders-dlq"
    secret, token = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "FwoGZXIvYXdzEXAMPLETOKEN/+="

    def refused(self, code, message, *arguments):
        with Refusing(code, message) as service:
            ended = run(REDRIVE, *arguments, "--endpoint-url", service.url, AWS_ACCESS_KEY_ID="AKIDEXAMPLE",
                        AWS_SECRET_ACCESS_KEY=self.secret, AWS_SESSION_TOKEN=self.token, AWS_REGION="eu-west-1")
        return ended, service.headers

    def denied(self, action):
        return (f"User: arn:aws:sts::123456789012:assumed-role/on-call/me is not authorized to perform: {action} on "
                f"resource: {self.queue} because no identity-based policy allows the {action} action")

    def test_names_the_action_that_an_outcome_lacks(self):
        ended, _ = self.refused("AccessDeniedException", self.denied("sqs:listmessagemovetasks"), "cancel", "--yes",
                                self.queue)
        self.assertEqual(ended.code, 4, ended)
        hint = ended.rows()[0]["error"]["hint"]
        self.assertIn("allow sqs:ListMessageMoveTasks;", hint)
        self.assertIn("`redrive iam-policy --for cancel`", hint)
        self.assertIn(hint, ended.err)

    def test_names_the_action_that_a_search_lacks(self):
        for verb, policy in (("list",), "list"), (("cancel", "--all", "--yes"), "cancel"):
            ended, _ = self.refused("AccessDeniedException", self.denied("sqs:listqueues"), *verb)
            self.assertEqual(ended.code, 4, ended)
            self.assertIn("give environment sqs:ListQueues;", ended.err)
            self.assertIn(f"`redrive iam-policy --for {policy}`", ended.err)

    def test_names_the_candidates_when_the_service_names_no_action(self):
        ended, _ = self.refused("AccessDeniedException", "Access to the resource is denied.", "verify", self.queue)
        self.assertIn("sqs:ListMessageMoveTasks and sqs:GetQueueAttributes", ended.rows()[0]["error"]["hint"])
        self.assertIn("--for verify", ended.rows()[0]["error"]["hint"])

    def test_names_the_login_when_there_is_no_session(self):
        with tempfile.TemporaryDirectory() as home:
            config = Path(home) / "config"
            config.write_text("[profile prod]\nsso_session = main\nsso_account_id = 123456789012\n"
                              "sso_role_name = stop\nregion = eu-west-1\n[sso-session main]\n"
                              "sso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\n", encoding="utf-8")
            ended = run(REDRIVE, "list", "--profile", "prod", "--endpoint-url", "http://127.0.0.1:1", HOME=home,
                        AWS_CONFIG_FILE=str(config))
        self.assertEqual(ended.code, 4, ended)
        self.assertIn("next: sign in again: `aws sso login --sso-session main`", ended.err)
        self.assertNotIn("sqs:", ended.err)

    def test_names_the_command_that_tries_the_credentials_of_a_profile(self):
        with Simulator(SIM, "--fleet", FLEET, "--fault",
                       "account=100000000002,do=error:InvalidSignatureException") as sim:
            searched = run(REDRIVE, "list", *EVERYWHERE, **sim.env)
            given = run(REDRIVE, "cancel", "--yes", *EVERYWHERE, "arn:aws:sqs:us-east-1:100000000002:q", **sim.env)
        for ended in (searched, given):
            self.assertEqual(ended.code, 4, ended)
            self.assertIn("`aws sts get-caller-identity --profile sim-100000000002`", ended.err)

    def test_shows_what_it_signed_without_secret_token_and_signature(self):
        for code, *verb in (4, "list"), (1, "verify", self.queue), (4, "cancel", "--yes", self.queue):
            ended, requests = self.refused("SignatureDoesNotMatch", "The request signature does not match.", *verb,
                                           "--debug-sign", "--quiet")
            self.assertEqual(ended.code, code, ended)
            self.assertEqual(ended.err.count("--- canonical request\nPOST\n/\n\ncontent-length:"), 1, ended)
            self.assertIn("\nx-amz-security-token:(hidden)\n", ended.err)
            self.assertIn("--- string to sign\nAWS4-HMAC-SHA256\n", ended.err)
            self.assertIn(requests[0]["X-Amz-Date"], ended.err)
            self.assertIn("signed for eu-west-1 with key AKIDEXAMPLE", ended.err)
            everything = ended.out + ended.err
            self.assertNotIn(self.secret, everything)
            self.assertNotIn(self.token, everything)
            self.assertNotIn("Signature=", everything)
            for headers in requests:
                self.assertNotIn(headers["Authorization"].split("Signature=")[1], everything)

    def test_shows_it_only_on_request_and_for_each_place_and_operation(self):
        with Simulator(SIM, "--fleet", FLEET) as sim:
            plain = run(REDRIVE, "list", *EVERYWHERE, **sim.env)
            ended = run(REDRIVE, "list", *EVERYWHERE, "--debug-sign", **sim.env)
        self.assertNotIn("canonical", plain.err)
        told = re.findall(r"^redrive: (\w+) to \S+, signed for (\S+) with key (\S+)$", ended.err, re.MULTILINE)
        self.assertEqual(len(told), 8, ended)  # 2 operations, 2 accounts, 2 regions
        self.assertEqual(len(set(told)), 8, ended)
        self.assertEqual(len(ended.rows()), 12)


class Doctor(WithFleet):
    def checks(self, ended):
        return {(row["region"], row["check"]): row for row in ended.rows()}

    def test_finds_nothing_in_the_way_and_changes_nothing(self):
        ended = self.redrive("doctor", "--profile", "sim-100000000001", "--region", "us-east-1,us-west-2",
                             "--probe-pipelining")
        self.assertEqual(ended.code, 0, ended)
        self.assertIn("nothing is in the way", ended.err)
        checks = self.checks(ended)
        self.assertEqual({row["schema"] for row in checks.values()}, {"redrive.check/1"})
        for region in ("us-east-1", "us-west-2"):
            for what in ("settings", "credentials", "identity", "proxy", "dns", "tls", "sqs:ListQueues",
                         "sqs:ListMessageMoveTasks", "clock", "pipelining"):
                self.assertEqual(checks[region, what]["status"], "ok", checks[region, what])
            self.assertEqual(checks[region, "sqs:CancelMessageMoveTask"]["status"], "skipped")
        self.assertIn("TLSv1.3", checks["us-east-1", "tls"]["text"])
        self.assertIn("24 of 24", checks["us-east-1", "pipelining"]["text"])
        self.assertIn("100000000001:user/sim", checks["us-east-1", "identity"]["text"])
        state = self.sim.state()
        self.assertEqual(state["totals"]["running"], 12)
        self.assertEqual({call["operation"] for call in state["calls"]},
                         {"GetCallerIdentity", "ListQueues", "ListMessageMoveTasks"})

    def test_writes_a_checklist_on_a_terminal_and_an_array_on_request(self):
        screen = Terminal(REDRIVE, "doctor", "--profile", "sim-100000000001", "--color", "never", **self.sim.env)
        ended = screen.end()
        self.assertEqual(ended.code, 0, ended)
        self.assertIn("  ok      tls ", ended.out)
        listed = self.redrive("doctor", "--profile", "sim-*", "--region", "us-east-1", "-o", "json")
        self.assertEqual({row["account"] for row in json.loads(listed.out)}, {"100000000001", "100000000002"})
        self.assertEqual(self.redrive("doctor", "-o", "csv", *EVERYWHERE).code, 2)

    def test_names_what_is_wrong_and_the_next_step(self):
        untrusted = self.redrive("doctor", "--profile", "sim-100000000001", "--ca-bundle", "/etc/ssl/certs/ca-certificates.crt")
        self.assertEqual(untrusted.code, 5, untrusted)
        row = self.checks(untrusted)["us-east-1", "tls"]
        self.assertEqual(row["status"], "bad")
        self.assertIn("not trusted", row["text"])
        self.assertIn("--ca-bundle", row["fix"])
        env = {**self.sim.env, "AWS_ACCESS_KEY_ID": "AKIASIM0100000000001", "AWS_SECRET_ACCESS_KEY": "wrong",
               "AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL": self.sim.ready["url"],
               "AWS_CA_BUNDLE": self.sim.ready["ca_bundle"], "AWS_CONFIG_FILE": "/dev/null"}
        wrong = run(REDRIVE, "doctor", **env)
        self.assertEqual(wrong.code, 4, wrong)
        self.assertEqual(self.checks(wrong)["us-east-1", "sqs:ListQueues"]["status"], "bad")
        self.assertNotIn("wrong", wrong.out + wrong.err)

    def test_records_evidence_without_accounts(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "evidence.ndjson"
            ended = self.redrive("doctor", "--profile", "sim-100000000001", "--record", str(path))
            self.assertEqual(ended.code, 0, ended)
            text = path.read_text(encoding="utf-8")
            self.assertEqual(path.stat().st_mode & 0o777, 0o600)
            self.assertEqual(self.redrive("doctor", "--record", f"{folder}/no/such", *EVERYWHERE).code, 2)
        rows = [json.loads(line) for line in text.splitlines()]
        self.assertEqual(rows[0]["schema"], "redrive.evidence/1")
        self.assertIn("ListQueues", {row.get("operation") for row in rows})
        self.assertNotIn("100000000001", text)

    def test_explains_every_setting_and_asks_nobody(self):
        ended = self.redrive("doctor", "--explain-config", "--profile", "sim-100000000001",
                             AWS_MAX_ATTEMPTS="5")
        self.assertEqual(ended.code, 0, ended)
        settings = {row["name"]: row for row in ended.rows()}
        self.assertEqual((settings["max_attempts"]["value"], settings["max_attempts"]["source"]),
                         ("5", "AWS_MAX_ATTEMPTS"))
        self.assertEqual(settings["endpoint_url"]["value"], self.sim.ready["url"])
        self.assertNotIn("SimulatedSecretKey", ended.out + ended.err)
        self.assertEqual(self.sim.state()["calls"], [])


class Interrupted(WithFleet):
    arguments = ("--fleet", FLEET, "--limit", "CancelMessageMoveTask=1/s")

    def interrupted(self, *numbers):
        process = subprocess.Popen([REDRIVE, "cancel", "--all", "--yes", "--rate", "1", *EVERYWHERE],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=clean_environment(**self.sim.env))
        time.sleep(1.5)
        began = time.monotonic()
        for number in numbers:
            process.send_signal(number)
            time.sleep(0.05)
        out, err = process.communicate(timeout=30)
        return process.returncode, out.decode(), err.decode(), time.monotonic() - began

    def test_gives_every_target_its_outcome_and_says_what_goes_on_running(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number=number):
                code, out, err, took = self.interrupted(number)
                self.assertEqual(code, 130, err)
                self.assertIn("interrupted", err)
                self.assertIn("go on running", err)
                self.assertLess(took, 4)
                for line in out.splitlines():
                    self.assertEqual(json.loads(line)["schema"], "redrive.outcome/1")

    def test_ends_at_once_the_second_time(self):
        code, _, _, took = self.interrupted(signal.SIGINT, signal.SIGINT)
        self.assertEqual(code, 130)
        self.assertLess(took, 1)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
