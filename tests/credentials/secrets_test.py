"""Makes calls of the program `redrive` fail in each way that is known, and looks for secrets in all that it says.

usage: secrets_test.py REDRIVE

Each trial runs one verb with one source of credentials against a server of its own, which does its
worst: most faults repeat what they were sent. What was printed and written is searched for every
secret that there was, in each form that a text may give it, and for every signature that was sent.
"""

import base64
import concurrent.futures
import dataclasses
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent.parent / "cli"))
import sources  # noqa: E402
from program import Terminal, clean_environment  # noqa: E402
from service import NOTHING, SILENCE, Certificate, Reply, Service  # noqa: E402

REDRIVE = sys.argv[1]
SQS = "sqs.us-east-1.amazonaws.com"
QUEUE = f"arn:aws:sqs:us-east-1:{sources.ACCOUNT}:orders-dlq"
# As long as AWS makes them, and of what needs to be escaped somewhere.
SECRET = "hUsh/StaticKey+0123456789/abcdefghij+XYZ"
TOKEN = "hUsh/StaticToken+/" + "0123456789abcdef" * 8 + "=="
PASSWORD = "hush/pass+word%here"
ARGUMENT = "hush-argument-of-a-helper"
CODE = "918273"
EXTERNAL_ID = "hush-external-id"
MFA_DEVICE = f"arn:aws:iam::{sources.ACCOUNT}:mfa/phone"
# External ids are no secrets to AWS. We never tell one; who repeats it in a message may.
SECRETS = (*sources.SECRETS, SECRET, TOKEN, PASSWORD, ARGUMENT)
VERBS = {
    "list": ("list", "--deadline", "2s"),
    "cancel": ("cancel", "--yes", QUEUE, "--deadline", "2s"),
    "cancel all": ("cancel", "--yes", "--all", "--deadline", "2s"),
    "verify": ("verify", QUEUE, "--deadline", "2s"),
    "debug": ("list", "--debug-sign", "--deadline", "2s"),
    "doctor": ("doctor", "-o", "table", "--record", "{record}"),
    "doctor json": ("doctor", "-o", "json", "--record", "{record}"),
    "explained": ("doctor", "--explain-config"),
}


def forms_of(secret):
    plain = secret.encode()
    return {secret, quote(secret), quote(secret, safe=""), quote(secret, safe="").lower(), secret.replace("/", "\\/"),
            json.dumps(secret)[1:-1], base64.b64encode(plain).decode(), base64.urlsafe_b64encode(plain).decode()}


def parts_of(request):
    """What a request proves its sender by, beside the secrets themselves."""
    proofs = re.findall(r"Signature=([0-9a-f]{64})", request.text())
    dpop = request.headers.get("dpop", "")
    login = request.headers.get("proxy-authorization", "").removeprefix("Basic ")
    return [each for each in (*proofs, dpop, dpop.rpartition(".")[2], login) if each]


@dataclasses.dataclass
class Trial:
    name: str
    verb: str
    names: str  # what the error must name: a pattern
    source: sources.Source = None
    answer: callable = None  # to a request
    arguments: tuple = ()
    more_secrets: tuple = ()
    rewrites: bool = False  # a cache, before it fails
    typed: str = ""  # on the terminal, at the question for an MFA code
    silent: str = ""  # a host that never ends its TLS handshake

    def run(self, certificate):
        requests = []

        def answer(request):
            requests.append(request)
            return self.answer(request) if self.answer else Reply(418)

        with (tempfile.TemporaryDirectory() as root,
              Service(answer, certificate if self.source.tls else None, lambda host: host == self.silent) as server,
              Service(answer, certificate) as queues):
            self.root, self.record = Path(root), Path(root) / "record.ndjson"
            self._write_files()
            command = [*self._words(), *map(self._in_root, self.arguments), "--ca-bundle", str(certificate.file)]
            for host, port in self.source.places:
                command += ["--connect-to", f"{host}:{port}:127.0.0.1:{server.port}"]
            if "HTTPS_PROXY" not in self.source.env:
                command += ["--connect-to", f"{SQS}:443:127.0.0.1:{queues.port}"]
            if self.source.profile:
                command += ["--profile", self.source.profile]
            before = self._files()
            self.port = server.port
            self.code, self.out, self.err = self._start(command)
            self.written = {path: text for path, text in self._files().items() if before.get(path) != text}
            self.modes = {path: stat.S_IMODE(os.stat(path).st_mode) for path in self.written}
        self.proofs = {part for request in requests for part in parts_of(request)}
        self.requests = len(requests)
        return self

    def is_slow(self):
        return re.search("|".join((*PATIENT, "silent")), self.name)

    def _words(self):
        return [word.format(record=self.record) for word in VERBS[self.verb]]

    def _start(self, command):
        env = {"HOME": f"{self.root}/home", "AWS_REGION": "us-east-1", "AWS_MAX_ATTEMPTS": "2",
               "AWS_CONFIG_FILE": f"{self.root}/home/.aws/config",
               "AWS_SHARED_CREDENTIALS_FILE": f"{self.root}/home/.aws/credentials"}
        env |= {name: self._in_root(value) for name, value in self.source.env.items()}
        if self.typed:
            screen = Terminal(REDRIVE, *command, **env)
            screen.read_until("MFA code")
            screen.type(self.typed + "\n")
            ended = screen.end()
            # The terminal itself shows what is typed.
            return ended.code, ended.out.replace(self.typed, "", 1), ""
        done = subprocess.run([REDRIVE, *command], capture_output=True, timeout=30, check=False,
                              stdin=subprocess.DEVNULL, env=clean_environment(**env))
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")

    def _in_root(self, text):
        text = text.replace("{port}", str(getattr(self, "port", "")))
        return text.replace("{root}", str(self.root)) if text != "/token" else f"{self.root}/token"

    def _write_files(self):
        for name, text in self.source.files.items():
            path = Path(f"{self.root}{name}")
            path.parent.mkdir(parents=True, exist_ok=True)
            text = text.replace("= /token", f"= {self.root}/token").replace("{root}", str(self.root))
            path.write_text(text, encoding="utf-8")

    def _files(self):
        return {path: path.read_text("utf-8", "replace") for path in self.root.rglob("*") if path.is_file()}

    def is_cache(self, path):
        return path.parent.parts[-2:] in (("sso", "cache"), ("login", "cache"))

    def texts(self):
        yield "stdout", self.out
        yield "stderr", self.err
        for path, text in self.written.items():
            if not self.is_cache(path):
                yield path.name, text


def told(reply_of):
    """A refusal whose text repeats all that was sent."""
    return lambda request: reply_of(f"You sent: {request.text()}")


def as_error(code, status=403):
    return lambda text: Reply(status, json.dumps({"__type": f"com.amazonaws.sqs#{code}", "message": text}).encode())


# What SQS does with a call that has good credentials.
QUEUE_FAULTS = {
    "denied": told(as_error("AccessDeniedException")),
    "wrong signature": told(as_error("InvalidSignatureException")),
    "expired": told(as_error("ExpiredTokenException")),
    "throttled": told(as_error("ThrottlingException", 400)),
    "escaped": lambda request: as_error("AccessDeniedException")(quote(request.text())),
    "escaped less": lambda request: as_error("AccessDeniedException")(request.text().replace("/", "\\/")),
    "code": lambda request: as_error(request.headers.get("x-amz-security-token", "Odd"))("no"),
    "token": lambda request: as_error("Odd")(request.headers.get("x-amz-security-token", "no")),
    "type": lambda request: Reply(400, b"{}", {"x-amzn-ErrorType": request.headers.get("authorization", "Odd")}),
    "request id": lambda request: Reply(403, b'{"__type":"AccessDenied"}', {
        "x-amzn-RequestId": request.headers.get("x-amz-security-token", "1")}),
    "page": told(lambda text: Reply(403, f"<html>{text}</html>".encode(), {"Content-Type": "text/html"})),
    "reason": lambda request: Reply(503, reason=request.headers.get("x-amz-security-token", "")),
    "echo": told(lambda text: Reply(200, text.encode())),
    "half": told(lambda text: Reply(200, text.encode(), part=0.5)),
    "closed": lambda request: NOTHING,
}
PATIENT = ("throttled", "reason", "echo", "half", "closed")
# What the server of a source of credentials does.
SOURCE_FAULTS = {
    "told": lambda step, request: step.refusal(step.told_status, f"You sent: {request.text()}"),
    "told escaped": lambda step, request: step.refusal(step.told_status, f"You sent: {quote(request.text())}"),
    "forbidden": lambda step, request: step.refusal(403),
    "unauthorized": lambda step, request: step.refusal(401),
    "echo": lambda step, request: Reply(400, f"You sent: {request.text()}".encode()),
    "success echo": lambda step, request: Reply(200, f"You sent: {request.text()}".encode()),
    "page": lambda step, request: sources.page(500, request.text()),
    "garbage": lambda step, request: Reply(200, b"\x00\xff{\"" + step.form.text().encode() + b"\""),
    "missing": lambda step, request: Reply(200, step.form.without_secret().encode()),
    "half": lambda step, request: Reply(200, step.form.text().encode(), part=0.5),
    "redirect": lambda step, request: Reply(302, b"", {"Location": "https://elsewhere/?" + quote(request.text())}),
    "closed": lambda step, request: NOTHING,
    "silent": lambda step, request: SILENCE,
}
NAMES = {"imds": "metadata", "ecs": "container", "eks": "container", "sso": "SSO",
         "sign-in": "Sign-In|login session", "sts": "STS"}
# Whose failures do not matter while what they hold is good.
FAILING = [row for row in sources.SOURCES if not row.endswith(" good")]
EVERY_VERB = ("told", "success echo")  # other faults get one verb each


def source_trials():
    for row in FAILING:
        for fault, reply in SOURCE_FAULTS.items():
            verbs = VERBS if fault in EVERY_VERB else ("cancel",)
            for verb in verbs:
                yield source_trial(row, fault, reply, verb)


def source_trial(row, fault, reply, verb):
    source = sources.SOURCES[row]()
    faulty, *others = source.steps
    if row.startswith("imds"):
        source.env["AWS_EC2_METADATA_DISABLED"] = "false"

    def answer(request):
        if faulty.recognises(request):
            return reply(faulty, request)
        for step in others:
            if step.recognises(request):
                return Reply(200, step.form.text().encode())
        return Reply(418)

    silent = faulty.host if fault == "silent" else ""
    names = "credentials" if fault == "silent" else NAMES[re.split("[ ,]", row)[0]]
    return Trial(f"{row}: {fault}: {verb}", verb, names, source, answer, silent=silent)


def own_keys(**env):
    keys = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": TOKEN}
    return sources.Source((), (), {**keys, **env})


def of_profile(lines, files=None):
    return sources.of_profile(lines, (), files)


def static_profile():
    return of_profile(["aws_access_key_id = AKIDEXAMPLE", f"aws_secret_access_key = {SECRET}",
                       f"aws_session_token = {TOKEN}"])


def helper(script, argument=ARGUMENT):
    path = "/helper"
    return of_profile([f"credential_process = sh {{root}}{path} --token={argument} '{argument}'"], {path: script})


def good_helper():
    keys = {"Version": 1, "AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": SECRET, "SessionToken": TOKEN}
    return helper(f"echo '{json.dumps(keys)}'")


def queue_trials():
    for fault, reply in QUEUE_FAULTS.items():
        # Some are borne until the deadline.
        for verb in VERBS if fault == "denied" else ("cancel",) if fault in PATIENT else ("list", "cancel", "doctor"):
            yield Trial(f"environment: sqs {fault}: {verb}", verb, "", own_keys(), reply)
        yield Trial(f"profile: sqs {fault}", "cancel", "", static_profile(), reply)
        yield Trial(f"helper: sqs {fault}", "cancel", "", good_helper(), reply)
    for row in sources.SOURCES:
        for fault in ("denied", "escaped"):
            yield queue_trial(row, fault)


def queue_trial(row, fault):
    """Its credentials are good, and perhaps new; SQS refuses them."""
    source = sources.SOURCES[row]()
    if row.startswith("imds"):
        source.env["AWS_EC2_METADATA_DISABLED"] = "false"

    def answer(request):
        if request.headers.get("host", "").startswith("sqs."):
            return QUEUE_FAULTS[fault](request)
        found = [step for step in source.steps if step.recognises(request)]
        return Reply(200, found[0].form.text().encode()) if found else Reply(418)

    renews = row.startswith(("sso oidc", "sign-in"))
    return Trial(f"{row}: sqs {fault}", "cancel", "", source, answer, rewrites=renews)


def process_trials():
    scripts = {
        "fails": ("echo 'no card in the reader' >&2; exit 3", "credential_process.*no card in the reader"),
        "repeats its line": ('echo "usage: $0 [$*]" >&2; exit 3', "credential_process"),
        "traces": ("set -x; test $1 = $2; false", "credential_process"),
        "is no JSON": (f"echo '{SECRET} {TOKEN}'", "output of credential_process"),
        "is cut": (f"echo '{{\"Version\": 1, \"SecretAccessKey\": \"{SECRET}\", '", "output of credential_process"),
        "has no version": (f"echo '{{\"SecretAccessKey\": \"{SECRET}\"}}'", "output of credential_process"),
        "has an odd version": (f"echo '{{\"Version\": \"{SECRET}\"}}'", "output of credential_process"),
        "has an odd date": (f"echo '{{\"Version\": 1, \"AccessKeyId\": \"A\", \"SecretAccessKey\": \"{SECRET}\", "
                            f"\"Expiration\": \"{TOKEN}\"}}'", "output of credential_process"),
    }
    for name, (script, names) in scripts.items():
        for verb in ("list", "cancel", "doctor", "explained"):
            yield Trial(f"helper {name}: {verb}", verb, names, helper(script))
    missing = of_profile([f"credential_process = /nowhere/helper --token {ARGUMENT}"])
    unbalanced = of_profile([f"credential_process = helper --token '{ARGUMENT}"])
    yield Trial("helper is missing", "cancel", "credential_process", missing)
    yield Trial("helper's line is no shell's", "cancel", "credential_process", unbalanced)


def edited(row, path, edit):
    source = sources.SOURCES[row]()
    name = next(name for name in source.files if path in name)
    source.files[name] = edit(source.files[name])
    return source


def file_trials():
    sso, login = "sso/cache", "login/cache"
    key = sources.DPOP_KEY
    broken = {
        "sso cache cut": (edited("sso portal", sso, lambda text: text[:-1]), "SSO token"),
        "sso cache without a date": (edited("sso portal", sso, lambda text: text.replace("expiresAt", "x")),
                                     "SSO token"),
        "sso cache with an odd token": (edited("sso portal", sso, lambda text: text.replace("hush-sso", "hush sso")),
                                        "SSO token"),
        "login cache cut": (edited("sign-in, session over", login, lambda text: text[:-1]), "login session"),
        "login cache with a cut key": (edited("sign-in, session over", login,
                                              lambda text: text.replace(json.dumps(key[-60:])[1:-1], "")),
                                       "login session"),
        "web token with a control byte": (edited("sts web identity", "/token", lambda text: text + "\x01"),
                                          "STS|web identity"),
        "web token too long": (edited("sts web identity", "/token", lambda text: text.strip() * 1000), "web identity"),
        "container token with a line feed": (edited("eks", "/token", lambda text: text + "\nX: " + text),
                                             "AUTHORIZATION_TOKEN"),
        "profile without an equals sign": (of_profile([f"aws_secret_access_key {SECRET}"]), "config"),
        "profile with half a key": (of_profile([f"aws_secret_access_key = {SECRET}"]), "profile|credentials"),
        "profile with a key of two words": (of_profile(["aws_access_key_id = AKIDEXAMPLE",
                                                        f"aws_secret_access_key = {SECRET} {SECRET}"]), "key"),
        "section without an end": (of_profile([f"[{SECRET}"]), "config"),
        "environment with half a key": (sources.Source((), (), {"AWS_SECRET_ACCESS_KEY": SECRET}), "credentials"),
        "environment with a key of two words": (own_keys(AWS_SECRET_ACCESS_KEY=SECRET + " " + SECRET),
                                                "AWS_SECRET_ACCESS_KEY|secret access key"),
    }
    for name, (source, names) in broken.items():
        for verb in ("cancel", "doctor"):
            yield Trial(f"{name}: {verb}", verb, names, source)


def misplaced_trials():
    """A secret where another setting belongs."""
    for name in ("AWS_REGION", "AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE", "AWS_ENDPOINT_URL", "AWS_STS_REGIONAL_ENDPOINTS",
                 "AWS_EC2_METADATA_SERVICE_ENDPOINT", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"):
        for verb in ("list", "doctor", "explained"):
            yield Trial(f"secret in {name}: {verb}", verb, name, own_keys(**{name: SECRET}))
    for name in ("AWS_USE_FIPS_ENDPOINT", "AWS_SDK_UA_APP_ID"):
        yield Trial(f"secret in {name}", "cancel", "", own_keys(**{name: SECRET}))
    for key in ("region", "max_attempts", "retry_mode", "endpoint_url", "use_fips_endpoint", "credential_source",
                "source_profile", "duration_seconds", "role_session_name"):
        role = [f"role_arn = {sources.ROLE_ARN}"] if key in ("credential_source", "source_profile", "duration_seconds",
                                                              "role_session_name") else []
        lines = [*role, f"{key} = {SECRET}"]
        yield Trial(f"secret in {key}", "cancel", "", of_profile(lines))
    with_password = f"https://me:{quote(PASSWORD, safe='')}@queue.example"
    yield Trial("password in AWS_ENDPOINT_URL", "cancel", "AWS_ENDPOINT_URL", own_keys(AWS_ENDPOINT_URL=with_password))
    for option, text in (("--region", SECRET), ("--endpoint-url", with_password), ("--endpoint-url", SECRET),
                         ("--accounts", SECRET), ("--connect-to", with_password), ("--rate", SECRET),
                         ("--deadline", SECRET), ("--concurrency", SECRET), ("--pipelining", SECRET), ("-o", SECRET)):
        yield Trial(f"secret in {option}", "cancel", option.strip("-") if option != "-o" else "output", own_keys(),
                    arguments=(option, text))


def proxy_trials():
    url = f"http://me:{quote(PASSWORD, safe='')}@"
    login = base64.b64encode(f"me:{PASSWORD}".encode()).decode()
    answers = {
        "wants another": Reply(407, login.encode(), {"Proxy-Authenticate": f"Basic realm={login}"}),
        "repeats the login": Reply(407, reason=f"not {login}"),
        "repeats the password": Reply(403, reason=f"not {PASSWORD}"),
        "is no proxy": Reply(200, login.encode()),
        "fails": Reply(502, login.encode(), reason=login),
        "ends": NOTHING,
    }
    for answer, reply in answers.items():
        for verb in VERBS:
            source = own_keys(HTTPS_PROXY=url + "127.0.0.1:{port}", AWS_MAX_ATTEMPTS="1")
            source.tls = False
            yield Trial(f"proxy {answer}: {verb}", verb, "proxy|TLS", source, lambda request, reply=reply: reply,
                        more_secrets=(login,))
    for name, rest in (("an odd port", "127.0.0.1:x1"), ("a path", "127.0.0.1:1/path"), ("nobody there", "127.0.0.1:1"),
                       ("two ats", f"{PASSWORD}@127.0.0.1:1")):
        for verb in ("cancel", "doctor", "explained"):
            yield Trial(f"proxy with {name}: {verb}", verb, "proxy|PROXY", own_keys(HTTPS_PROXY=url + rest))


def account_trials():
    rows = {
        "is cut": f'{{"account": "123456789012", "role": "stopper", "external_id": "{EXTERNAL_ID}"',
        "has no account": f'{{"role": "stopper", "external_id": "{EXTERNAL_ID}"}}',
        "has a list": f'{{"account": "123456789012", "role": "stopper", "external_id": ["{EXTERNAL_ID}"]}}',
        "has an odd role": f'{{"account": "123456789012", "role": "stop:per", "external_id": "{EXTERNAL_ID}"}}',
        "has an odd region": f'{{"account": "123456789012", "role": "r", '
                             f'"external_id": "{EXTERNAL_ID}", "regions": ["1"]}}',
    }
    for name, row in rows.items():
        source = own_keys()
        source.files["/accounts"] = row + "\n"
        yield Trial(f"a row that {name}", "list", "accounts|role", source, arguments=("--accounts", "@{root}/accounts"),
                    more_secrets=(EXTERNAL_ID,))
    for fault in ("forbidden", "told"):
        for verb in ("list", "cancel all", "doctor"):
            yield entered_account(fault, verb)


def entered_account(fault, verb):
    source = own_keys()
    row = {"account": "123456789012", "role": "stopper", "external_id": EXTERNAL_ID}
    source.files["/accounts"] = json.dumps(row) + "\n"
    source.places = ((sources.STS, 443),)
    step = sources.SOURCES["sts role"]().steps[0]
    return Trial(f"an account that is {fault}: {verb}", verb, "STS", source,
                 lambda request: SOURCE_FAULTS[fault](step, request), ("--accounts", "@{root}/accounts"),
                 (EXTERNAL_ID,) if fault == "forbidden" else ())


def role_trials():
    """A role that wants a code: what is typed is told to STS, which repeats it."""
    step = sources.SOURCES["sts role"]().steps[0]
    lines = ["source_profile = p2", f"mfa_serial = {MFA_DEVICE}", f"external_id = {EXTERNAL_ID}",
             "[profile p2]", "aws_access_key_id = AKIDEXAMPLE", f"aws_secret_access_key = {SECRET}"]
    for fault in ("told", "told escaped", "forbidden", "echo", "success echo"):
        for verb in ("list", "doctor"):
            source = sources.of_profile([f"role_arn = {sources.ROLE_ARN}", *lines], (step,))
            yield Trial(f"a role with a code, {fault}: {verb}", verb, "STS", source,
                        lambda request, fault=fault: SOURCE_FAULTS[fault](step, request),
                        more_secrets=(CODE,), typed=CODE)


def all_trials():
    for some in (source_trials, queue_trials, process_trials, file_trials, misplaced_trials, proxy_trials,
                 account_trials, role_trials):
        yield from some()


class Secrets(unittest.TestCase):
    def test_no_failure_tells_a_secret(self):
        wanted = re.compile(os.environ.get("REDRIVE_TRIALS", ""))
        trials = [trial for trial in all_trials() if wanted.search(trial.name)]
        with tempfile.TemporaryDirectory() as folder:
            certificate = Certificate(folder, (*sources.TLS_HOSTS, SQS))
            # What waits needs no processor.
            with (concurrent.futures.ThreadPoolExecutor(32) as waiting,
                  concurrent.futures.ThreadPoolExecutor(4) as busy):
                running = [(waiting if trial.is_slow() else busy).submit(trial.run, certificate)
                           for trial in trials]
                done = [each.result() for each in running]
        for trial in done:
            with self.subTest(trial.name):
                self.check(trial)
        print(f"{len(done)} failures, {sum(trial.requests for trial in done)} requests", file=sys.stderr)

    def check(self, trial):
        said = f"exit {trial.code}\nstdout: {trial.out[:3000]}\nstderr: {trial.err[:3000]}"
        if trial.verb != "explained":  # which asks nobody
            self.assertNotEqual(trial.code, 0, said)
            self.assertRegex(trial.out + trial.err, re.compile(trial.names, re.IGNORECASE), said)
            # What to do: a hint of its own, or in what a refused setting says.
            self.assertRegex(trial.out + trial.err, 'next: |"(hint|fix)":"|; |is not', said)
        self.check_texts(trial, said)
        self.check_files(trial)

    def check_texts(self, trial, said):
        for where, text in trial.texts():
            for secret in (*SECRETS, *trial.more_secrets):
                for form in forms_of(secret):
                    self.assertNotIn(form, text, f"{where} of {said}")
                    # What was cut may show its beginning.
                    self.assertNotIn(form[:24] if len(form) > 24 else form, text, f"{where} of {said}")
            for proof in trial.proofs:
                self.assertNotIn(proof, text, f"{where} of {said}")

    def check_files(self, trial):
        caches = {path for path in trial.written if trial.is_cache(path)}
        self.assertEqual(bool(caches), trial.rewrites, trial.written)
        allowed = caches | ({trial.record} if "--record" in VERBS[trial.verb] else set())
        self.assertLessEqual(set(trial.written), allowed)
        for path, mode in trial.modes.items():
            self.assertEqual(mode, 0o600, path)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
