"""Where botocore is meant to do something else, as botocore_differences.json lists with the reason.

A difference is never a licence to disagree. Each knows how the same is said to botocore, and what
comes of that must be what redrive made of the original.
"""
import copy
import itertools
import json
import pathlib

TABLE = json.loads(
    pathlib.Path(__file__).resolve().parent.with_name("botocore_differences.json").read_text()
)


class Differences:
    """Those of one part of the table, as pairs of functions.

    `arise(rng, case)` puts one into a case. `translate(case)` says the same to botocore; it answers
    with nothing, or with an equal case, where there is no such thing."""

    def __init__(self, part):
        self.reasons = TABLE[part]
        self.arise = {}
        self.translate = {}

    def __add__(self, other):
        both = copy.copy(self)
        both.reasons = self.reasons | other.reasons
        both.arise = self.arise | other.arise
        both.translate = self.translate | other.translate
        return both

    def are_those_of_the_table(self):
        return list(self.arise) == list(self.translate) == list(self.reasons)

    def arises(self, name):
        return lambda function: self.arise.setdefault(name, function)

    def translates(self, name):
        return lambda function: self.translate.setdefault(name, function)

    def make(self, seed, rng, case):
        """Every other case gets one of them, each its turn."""
        names = list(self.arise)
        return self.arise[names[seed // 2 % len(names)]](rng, case) if seed % 2 else case

    def in_case(self, case):
        """Their names, in an order in which one may uncover the next."""
        names = []
        for name, translate in self.translate.items():
            told = translate(case)
            if told is not None and told != case:
                names.append(name)
                case = told
        return names

    def told(self, case, names):
        for name, translate in self.translate.items():
            if name in names:
                case = translate(case) or case
        return case


class Comparison:
    """Holds answers to cases against each other, and remembers which differences were needed."""

    def __init__(self, differences, ask_botocore):
        self._differences = differences
        self._ask_botocore = ask_botocore
        self.equal = 0
        self.needed = set()
        self.unexplained = []

    def compare(self, case, redrive):
        """The fewest differences that make both answers one are the ones that were needed."""
        names = self._differences.in_case(case)
        for count in range(len(names) + 1):
            for some in itertools.combinations(names, count):
                if self._ask_botocore(self._differences.told(case, some)) == redrive:
                    self.equal += count == 0
                    self.needed.update(some)
                    return
        botocore = self._ask_botocore(case)
        self.unexplained.append({"case": case, "redrive": redrive, "botocore": botocore})
