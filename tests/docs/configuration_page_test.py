"""configuration_page.py finds what is missing on either side."""

import tempfile
import unittest
from pathlib import Path

from configuration_page import differences

SOURCES = {
    "src/auth/settings.cpp": 'text("AWS_REGION", "region"); text("AWS_CA_BUNDLE", "ca_bundle");',
    "src/auth/explained_settings.cpp": 'add("our_own_name");',
    "src/cli/verb_options.cpp": 'value("-o,--output"); flag("--yes,-y"); usage("--yes: no such thing");',
    "src/cli/command_line.cpp": 'flag("-h,--help");',
    "include/redrive/config.hpp": "std::size_t max_depth = 16;",
}
PAGE = ("`AWS_REGION` `region` `AWS_CA_BUNDLE` `ca_bundle` `SSL_CERT_FILE` `SSL_CERT_DIR` `max_depth` "
        "`--output` `-o` `--yes` `--help`")


def found(page=PAGE, **more):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in {**SOURCES, **more, "docs/configuration.md": page}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return list(differences(root))


class ConfigurationPage(unittest.TestCase):
    def test_is_whole(self):
        self.assertEqual(found(), [])

    def test_misses_what_the_code_reads(self):
        for name in ("AWS_CA_BUNDLE", "ca_bundle", "region", "--output", "--help", "SSL_CERT_DIR"):
            with self.subTest(name):
                page = " ".join(word for word in PAGE.split() if word != f"`{name}`")
                self.assertEqual(len(found(page)), 1)
                self.assertIn(f" {name} is read by the code", found(page)[0])

    def test_has_what_nobody_reads(self):
        for name in ("AWS_NOTHING", "HOME", "no_such_key", "services", "--nothing"):
            with self.subTest(name):
                self.assertEqual(len(found(f"{PAGE} `{name}`")), 1)
                self.assertIn(f" {name} is in docs", found(f"{PAGE} `{name}`")[0])

    def test_knows_a_variable_with_its_value(self):
        code = {"src/cli/terminal.cpp": 'variable("TERM")'}
        self.assertEqual(len(found(**code)), 1)
        self.assertEqual(found(f"{PAGE} `TERM=dumb`", **code), [])


if __name__ == "__main__":
    unittest.main()
