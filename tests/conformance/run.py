#!/usr/bin/env python3
"""Runs test data through redrive-conform and compares: run.py DRIVER KIND FOLDER.

KIND is sigv4 (FOLDER/sigv4/<case>/{request.txt,context.json,header-*.txt}), endpoint
(FOLDER/endpoint/*.json with testCases), cases (FOLDER/cases/<verb>/*.json: a list of {name, input,
exit, output}; `files` of a case are put below its input's fs_root) or usage.
"""
import json
import pathlib
import subprocess
import sys
import tempfile


def ask(driver, verb, case, *options):
    done = subprocess.run(
        [driver, verb, *options], input=json.dumps(case), capture_output=True, text=True, timeout=60
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{verb}: exit {done.returncode}: {done.stderr}")
    return done.returncode, json.loads(done.stdout)


def read_request(path):
    head, _, body = path.read_bytes().decode().partition("\n\n")
    start, *lines = head.split("\n")
    method, _, rest = start.partition(" ")
    headers = []
    for line in lines:
        if line[:1] in (" ", "\t"):
            headers[-1][1] += "\n" + line
        elif line:
            name, _, value = line.partition(":")
            headers.append([name, value])
    return {"method": method, "uri": rest.rpartition(" ")[0], "headers": headers, "body": body}


def sigv4(driver, folder):
    for case in sorted((folder / "sigv4").iterdir()):
        question = read_request(case / "request.txt")
        question["context"] = json.loads((case / "context.json").read_text())
        code, got = ask(driver, "sign", question)
        for name in ("canonical_request", "string_to_sign", "signature"):
            file = case / f"header-{name.replace('_', '-')}.txt"
            yield f"{case.name}: {name}", (0, file.read_bytes().decode()), (code, got.get(name))


def endpoint(driver, folder):
    for file in sorted((folder / "endpoint").glob("*.json")):
        for case in json.loads(file.read_text())["testCases"]:
            _, got = ask(driver, "endpoint", {"service": file.stem, "params": case["params"]})
            expected = case["expect"]
            if "error" in expected:
                yield case["documentation"], expected["error"], got.get("error", {}).get("message")
            else:
                yield case["documentation"], expected["endpoint"]["url"], got.get("url")


def holds(expected, got):
    """Whether everything expected is there; null stands for an absent key, lists are whole."""
    if isinstance(expected, dict) and isinstance(got, dict):
        return all(holds(value, got.get(key)) for key, value in expected.items())
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(map(holds, expected, got))
    if isinstance(expected, float) and isinstance(got, (int, float)):
        return abs(expected - got) < 1e-9
    return expected == got


def ask_with_files(driver, verb, case):
    with tempfile.TemporaryDirectory() as root:
        for name, text in case.get("files", {}).items():
            path = pathlib.Path(root + name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        root_of_case = {"fs_root": root} if "files" in case else {}
        options = []
        if "replay" in case:
            recorded = pathlib.Path(root, "recorded.json")
            recorded.write_text(json.dumps({"events": list(events(case["replay"]))}))
            options = ["--replay", str(recorded)]
        return ask(driver, verb, {**case["input"], **root_of_case}, *options)


def events(replies):
    """Recorded exchanges from [[status, body, headers?], ...]; null is an exchange without a reply."""
    for connection, reply in enumerate(replies):
        def event(action, connection=connection):
            return {"connection_id": connection, "action": action}

        yield event({"Request": {"request": {"uri": "", "headers": {}, "method": "GET"}}})
        if reply is None:
            yield event({"Response": {"response": {"Err": "timeout"}}})
            continue
        status, body, *more = reply
        headers = {name: [value] for name, value in (more[0] if more else {}).items()}
        yield event({"Response": {"response": {"Ok": {"status": status, "headers": headers}}}})
        yield event({"Data": {"data": {"Utf8": body}, "direction": "Response"}})
        yield event({"Eof": {"ok": True, "direction": "Response"}})


def cases(driver, folder):
    for file in sorted((folder / "cases").glob("*/*.json")):
        for case in json.loads(file.read_text()):
            code, got = ask_with_files(driver, file.parent.name, case)
            if code == case["exit"] and holds(case["output"], got):
                yield case["name"], True, True
            else:
                yield case["name"], (case["exit"], case["output"]), (code, got)


def usage(driver, _):
    for arguments in ([], ["no-such-verb"], ["sign", "more"]):
        done = subprocess.run([driver, *arguments], input="{}", capture_output=True, text=True)
        yield f"{arguments}: exit", 2, done.returncode
        yield f"{arguments}: stdout", "", done.stdout
    done = subprocess.run([driver, "sign"], input="[]", capture_output=True, text=True)
    yield "no object: exit", 1, done.returncode
    yield "no object: error", True, bool(json.loads(done.stdout)["error"]["message"])


def main(driver, kind, folder):
    run = failed = 0
    for name, expected, got in globals()[kind](driver, pathlib.Path(folder)):
        run += 1
        if expected != got:
            failed += 1
            print(f"FAILED {name}\n  expected {expected!r}\n  got      {got!r}")
    print(f"{kind}: {run} checks, {failed} failed")
    return 1 if failed or not run else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
