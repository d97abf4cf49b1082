"""botocore's own signer, at a time of our choice."""
import dataclasses
import datetime
import re
from unittest import mock

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

AMZ_DATE = "%Y%m%dT%H%M%SZ"


@dataclasses.dataclass
class Signer:
    access_key_id: str
    secret_access_key: str
    session_token: str | None
    region: str
    service: str
    at: datetime.datetime
    rules: dict = dataclasses.field(default_factory=dict)  # instead of methods of botocore's

    def authorization(self, method, url, headers, body):
        """The value of the header that botocore would send."""
        request = AWSRequest(method=method, url=url, data=body.encode())
        for name, value in headers:
            request.headers[name] = value  # appends; a name may occur twice
        keys = Credentials(self.access_key_id, self.secret_access_key, self.session_token)
        signer = SigV4Auth(keys, self.service, self.region)
        for name, rule in self.rules.items():
            setattr(signer, name, rule)
        with mock.patch("botocore.auth.get_current_datetime", lambda: self.at):
            signer.add_auth(request)
        return request.headers["Authorization"]


def values_of(headers, name):
    return [value for given, value in headers if given.lower() == name]


def value_of(headers, name):
    return next(iter(values_of(headers, name)), None)


@dataclasses.dataclass
class Signature:
    """What an Authorization header says."""

    access_key_id: str
    region: str
    service: str
    headers: list

    @classmethod
    def of(cls, authorization):
        found = re.fullmatch(
            r"AWS4-HMAC-SHA256 Credential=([^/, ]+)/\d{8}/([^/]*)/([^/]+)/aws4_request, "
            r"SignedHeaders=([^, ]+), Signature=[0-9a-f]{64}",
            authorization,
        )
        assert found, authorization
        key, region, service, names = found.groups()
        return cls(key, region, service, names.split(";"))


def signed_by_botocore(method, url, headers, body, secret_access_key):
    """What botocore would have put into the Authorization header of a request that was signed.

    The host comes from the URL, and what the sender chose not to sign stays unsigned."""
    said = Signature.of(value_of(headers, "authorization"))
    by_the_signer = ("host", "x-amz-date", "x-amz-security-token")
    signer = Signer(
        said.access_key_id,
        secret_access_key,
        value_of(headers, "x-amz-security-token"),
        said.region,
        said.service,
        datetime.datetime.strptime(value_of(headers, "x-amz-date"), AMZ_DATE),
    )
    given = [
        [name, value]
        for name, value in headers
        if name.lower() in said.headers and name.lower() not in by_the_signer
    ]
    return signer.authorization(method, url, given, body)
