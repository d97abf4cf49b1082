"""What a user may have set up: variables, shared files, other files, and the machine around."""
import copy
import dataclasses
import json


@dataclasses.dataclass
class Setting:
    """`key = value`; a dict as value is a block of indented ones."""

    key: str
    value: str | dict
    comment: str = ""
    delimiter: str = " = "
    continued: str = ""  # on an indented line of its own

    def lines(self):
        if isinstance(self.value, dict):
            return [f"{self.key} =", *(f"  {key} = {value}" for key, value in self.value.items())]
        first = self.key + self.delimiter + self.value + self.comment
        return [first, "  " + self.continued] if self.continued else [first]


@dataclasses.dataclass
class Section:
    header: str  # between the brackets
    settings: list = dataclasses.field(default_factory=list)

    def get(self, key):
        found = [setting.value for setting in self.settings if setting.key.lower() == key]
        return found[-1] if found else None

    def set(self, key, value):
        self.drop(key)
        self.settings.append(Setting(key, value))

    def drop(self, *keys):
        self.settings = [each for each in self.settings if each.key.lower() not in keys]

    def lines(self):
        return [f"[{self.header}]", *(line for each in self.settings for line in each.lines())]


def profile_header(name):
    return "default" if name == "default" else f"profile {name}"


@dataclasses.dataclass
class Environment:
    # "{home}" stands for the home folder, in variables and in files.
    variables: dict = dataclasses.field(default_factory=dict)
    config: list = dataclasses.field(default_factory=list)  # sections
    credentials: list = dataclasses.field(default_factory=list)
    files: dict = dataclasses.field(default_factory=dict)  # a path below home -> text
    profile: str | None = None  # what the program asks for itself
    machine: str = "no machine"  # or "role", "no role", "no sessions": its metadata service
    line_end: str = "\n"
    partition: str = "aws"  # of every role: none may assume one of another
    role_region: str | None = None  # for botocore only: where it is to ask STS

    def changed(self):
        return copy.deepcopy(self)

    def variable(self, name):
        """As redrive sees it: a blank one is none."""
        value = self.variables.get(name, "")
        return value if value.strip() else None

    def without_variables(self, *names):
        """The same without these."""
        changed = self.changed()
        for name in names:
            changed.variables.pop(name, None)
        return changed

    def with_settings(self, change):
        """The same with each setting as `change` makes it."""
        changed = self.changed()
        for section in changed.all_sections():
            section.settings = [change(setting) for setting in section.settings]
        return changed

    def selected(self):
        return self.profile or self.variables.get("AWS_PROFILE", "").strip() or "default"

    def sections(self, name):
        """Those of one profile, the one that counts more last."""
        headers = (profile_header(name), f"profile {name}")
        found = [section for section in self.config if section.header in headers]
        return found + [section for section in self.credentials if section.header == name]

    def get(self, name, key):
        values = [section.get(key) for section in self.sections(name)]
        return next((value for value in reversed(values) if value is not None), None)

    def all_sections(self):
        return [*self.config, *self.credentials]

    def in_config(self, name):
        """The section of a profile in the config file, made if need be."""
        return self.in_config_section(profile_header(name))

    def in_config_section(self, header):
        return self._section(self.config, header)

    def own_section(self):
        """The selected profile's in the config file."""
        return self.in_config(self.selected())

    def in_credentials(self, name):
        return self._section(self.credentials, name)

    @staticmethod
    def _section(file, header):
        for section in file:
            if section.header == header:
                return section
        file.append(Section(header))
        return file[-1]

    def walk(self):
        """The selected profile and those behind its source_profile, each once."""
        name, names = self.selected(), []
        while name and name not in names:
            names.append(name)
            name = self.get(name, "source_profile")
        return names

    def write(self, home):
        """Puts the files below `home`, and nothing else; answers with the variables."""
        files = {
            ".aws/config": self._text(self.config),
            ".aws/credentials": self._text(self.credentials),
            **self.files,
        }
        for path in home.rglob("*"):
            if path.is_file() and str(path.relative_to(home)) not in files:
                path.unlink()
        for name, text in files.items():
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.replace("{home}", str(home)).encode())
        return {
            name: value.replace("{home}", str(home))
            for name, value in {"HOME": "{home}", "PATH": "/usr/bin:/bin", **self.variables}.items()
        }

    def _text(self, sections):
        return "".join(line + self.line_end for each in sections for line in [*each.lines(), ""])


def sso_tokens(home):
    """What is in the token cache afterwards: an old token may have been renewed."""
    files = (home / ".aws" / "sso" / "cache").glob("*.json")
    return sorted(json.loads(file.read_text())["accessToken"] for file in files)
