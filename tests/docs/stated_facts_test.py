"""stated_facts.py finds what a page states and the code no longer does, in copies of both."""

import shutil
import tempfile
import unittest
from pathlib import Path

from stated_facts import FACTS, SOURCES_OF_VARIABLES, differences

ROOT = Path(__file__).resolve().parents[2]
FILES = {*FACTS, "src/wire/error_code.cpp", "src/auth/default_chain.cpp", "src/auth/profile_chain.hpp",
         "src/auth/profile_chain.cpp", *(f"src/auth/{each}.cpp" for each in SOURCES_OF_VARIABLES),
         *(source for facts in FACTS.values() for source, _, _ in facts)}


def found(path=None, old="", new=""):
    """The differences once the first `old` in a file became `new`."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in FILES:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
        if path:
            text = (root / path).read_text(encoding="utf-8")
            assert old in text, f"{old} in {path}"
            (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")
        return list(differences(root))


class StatedFacts(unittest.TestCase):
    def expect_one(self, planted, *words):
        self.assertEqual(len(planted), 1, planted)
        for word in words:
            self.assertIn(word, planted[0])

    def test_are_those_of_the_code(self):
        self.assertEqual(found(), [])

    def test_differ_from_a_constant_that_changed(self):
        self.expect_one(found("src/flow/retry.hpp", "capacity = 500", "capacity = 600"), "docs/retries.md", "600")
        self.expect_one(found("src/auth/credential_process.cpp", "60s;", "90s;")[:1], "docs/credentials.md", "90 s")
        self.expect_one(found("src/wire/json_reader.cpp", "nesting = 64", "nesting = 65"), "docs/security.md", "65")

    def test_differ_from_a_page_that_changed(self):
        self.expect_one(found("docs/retries.md", "costs | 14 | 10", "costs | 14 | 11"), "src/flow/retry.cpp")

    def test_miss_a_constant_that_is_gone(self):
        self.expect_one(found("src/net/resolver.cpp", "most_threads = 4", "threads_at_most = 4"), "no longer has")

    def test_know_each_code(self):
        self.expect_one(found("src/wire/error_code.cpp", '"SlowDown",', '"SlowDown", "Easy",'), "throttling code Easy")
        self.expect_one(found("docs/retries.md", "`SlowDown`, ", ""), "throttling code SlowDown")
        self.expect_one(found("docs/retries.md", "`AuthFailure`", "`AuthFailure`, `Extra`"), "skew code Extra")

    def test_know_each_source_of_credentials(self):
        chain = "src/auth/default_chain.cpp"
        self.expect_one(found(chain, '{"imds", &walk::', '{"vault", &walk::from_vault},\n{"imds", &walk::'), "vault")
        self.expect_one(found("src/auth/profile_chain.hpp", "login_source>", "login_source, vault_source>"),
                        "vault_source")
        self.expect_one(found("src/auth/profile_chain.cpp", '"login_session"', '"login_vault"'), "login_vault")
        self.expect_one(found("src/auth/container.cpp", '"AWS_CONTAINER_AUTHORIZATION_TOKEN"', '"AWS_VAULT"'), "AWS_VAULT")


if __name__ == "__main__":
    unittest.main()
