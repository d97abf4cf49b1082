"""What redrive makes of an environment."""
import json
import threading

from .aws import Aws
from .environment import sso_tokens

NOW = 1767268800
SOMEWHERE = "us-east-1"
MOST_REQUESTS = 10


def recorded(answers):
    """A file of exchanges, as redrive-conform replays them."""
    for number, answer in enumerate(answers):
        def event(action, number=number):
            return {"connection_id": number, "action": action}

        yield event({"Request": {"request": {}}})
        if answer is None:
            yield event({"Response": {"response": {"Err": "nobody listens"}}})
            continue
        status, body = answer
        yield event({"Response": {"response": {"Ok": {"status": status, "headers": {}}}}})
        yield event({"Data": {"data": {"Utf8": body}, "direction": "Response"}})


class RedriveView:
    def __init__(self, conform, folder):
        self._conform = conform
        self._folder = folder

    def seen(self, environment):
        home = self._folder / str(threading.get_ident())
        question = {"env": environment.write(home), "now": NOW}
        if environment.profile is not None:
            question["profile"] = environment.profile
        values = self._conform.ask("resolve-config", question)
        if "error" in values:
            return {"settings": "error"}
        values = {name: each["value"] for name, each in values.items() if name != "warnings"}
        endpoint = self._endpoint(values)
        if "error" in endpoint:
            return {"settings": "error"}
        aws = Aws(environment.machine)
        answer = self._answer(question, environment, aws, home)
        return {
            "region": values["region"],
            "endpoint": values["region"] and endpoint["url"].rstrip("/") + "/",
            "retry mode": values["retry_mode"],
            "max attempts": values["max_attempts"],
            "CA bundle": values["ca_bundle"],
            "credentials": credentials(answer),
            "asked": aws.asked,
            "SSO tokens": sso_tokens(home),
        }

    def _endpoint(self, values):
        params = {
            "Region": values["region"] or SOMEWHERE,
            "Endpoint": values["endpoint_url"] or "",
            "UseFIPS": values["use_fips"],
            "UseDualStack": values["use_dualstack"],
        }
        return self._conform.ask("endpoint", {"service": "sqs", "params": params})

    def _answer(self, question, environment, aws, home):
        """Asks again and again, each time with one more reply to what it asked for last."""
        file = home.with_suffix(".json")
        replies = []
        while True:
            environment.write(home)  # the last time may have renewed a token there
            file.write_text(json.dumps({"events": list(recorded(replies))}))
            answer = self._conform.ask("credentials", question, "--replay", str(file))
            if len(answer["requests"]) <= len(replies):
                return answer
            assert len(replies) < MOST_REQUESTS, answer["requests"]
            request = answer["requests"][len(replies)]
            replies.append(
                aws.answer(request["method"], request["uri"], request["headers"], request["body"])
            )


def credentials(answer):
    if "error" in answer:
        return "none" if answer["error"]["class"] == "not_configured" else "error"
    return {
        "source": answer["provider"],
        "access key id": answer["access_key_id"],
        "secret access key": answer["secret_access_key"],
        "session token": answer.get("session_token"),
        "account id": answer.get("account_id"),
    }
