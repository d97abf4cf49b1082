"""What redrive signs in another way than botocore."""
import dataclasses
import re
import urllib.parse

from .differences import Differences
from .sigv4 import values_of

DIFFERENCES = Differences("signing")
BLANKS = " \t\r\n"


def ends_in_dots(path):
    return path.rpartition("/")[2] in (".", "..")


@DIFFERENCES.arises("a path that ends in a dot segment")
def end_in_dots(rng, request):
    return request.at_path(request.path.rstrip("/") + rng.choice(["/.", "/..", "/a/..", "/a/."]))


@DIFFERENCES.translates("a path that ends in a dot segment")
def end_in_a_slash(request):
    return request.at_path(request.path + "/") if ends_in_dots(request.path) else None


@DIFFERENCES.arises("a query that is not written canonically")
def write_a_loose_query(rng, request):
    loose = ["a=%c3%a4", "b=ä", "=", "a==b", "a=b/c:d", "x+y=1", "%zz=%", "a=%41", "&&", "日=本"]
    return request.with_query("&".join(rng.choice(loose) for _ in range(rng.randint(1, 4))))


def canonical(text):
    return urllib.parse.quote(urllib.parse.unquote_to_bytes(text), safe="-_.~")


@DIFFERENCES.translates("a query that is not written canonically")
def write_the_query_canonically(request):
    pairs = [pair.partition("=") for pair in request.query.split("&") if pair]
    query = "&".join(f"{canonical(name)}={canonical(value)}" for name, _, value in pairs)
    return request.with_query(query) if query != request.query else None


@DIFFERENCES.arises("a blank beyond ASCII in a header")
def put_in_a_wide_blank(rng, request):
    value = rng.choice(["a\u00a0b", "\u3000a", "a \u2003 b", "a\u00a0"])
    return request.with_headers([*request.headers, ["X-Wide", value]])


@DIFFERENCES.translates("a blank beyond ASCII in a header")
def split_at_ascii_blanks_only(request):
    def header_value(value):
        return re.sub(f"[{BLANKS}]+", " ", value.strip(BLANKS))

    if all(value.split() == header_value(value).split(" ") for _, value in request.headers):
        return None
    return dataclasses.replace(request, rules={**request.rules, "_header_value": header_value})


@DIFFERENCES.arises("a token of an earlier attempt")
def leave_a_token_behind(rng, request):
    left = ["X-Amz-Security-Token", "left behind"]
    return dataclasses.replace(request, session_token="", headers=[*request.headers, left])


@DIFFERENCES.translates("a token of an earlier attempt")
def remove_the_token(request):
    if request.session_token or not values_of(request.headers, "x-amz-security-token"):
        return None
    return without_headers(request, "x-amz-security-token")


@DIFFERENCES.arises("a header of a web socket handshake")
def ask_for_a_web_socket(rng, request):
    name = rng.choice(["Sec-WebSocket-Key", "sec-websocket-version", "Sec-WebSocket-Protocol"])
    return request.with_headers([*request.headers, [name, "13"]])


@DIFFERENCES.translates("a header of a web socket handshake")
def leave_out_the_handshake(request):
    rest = without_headers(request, "sec-websocket-")
    return rest if len(rest.headers) < len(request.headers) else None


def without_headers(request, prefix):
    return request.with_headers(
        [header for header in request.headers if not header[0].lower().startswith(prefix)]
    )


@DIFFERENCES.arises("a Date header")
def add_a_date(rng, request):
    date = ["Date", rng.choice(["Thu, 01 Jan 1970 00:00:00 GMT", "yesterday"])]
    return request.with_headers([*request.headers, date])


@DIFFERENCES.translates("a Date header")
def leave_the_date_alone(request):
    if not values_of(request.headers, "date"):
        return None

    def add_amz_date(sent):
        del sent.headers["X-Amz-Date"]
        sent.headers["X-Amz-Date"] = sent.context["timestamp"]

    rules = {**request.rules, "_set_necessary_date_headers": add_amz_date}
    return dataclasses.replace(request, rules=rules)
