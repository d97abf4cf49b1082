"""Where botocore is meant to do something else, as botocore_differences.json lists with the reason.

A difference is never a licence to disagree. Each knows how the same is said to botocore, and what
comes of that must be what redrive made of the original.
"""
import json
import pathlib

TABLE = json.loads(
    pathlib.Path(__file__).resolve().parent.with_name("botocore_differences.json").read_text()
)


class Differences:
    """Those of one row of the table, as pairs of functions.

    `arise(rng, case)` puts one into a case. `translate(case)` says the same to botocore, or is
    nothing where the case has no such thing."""

    def __init__(self, part):
        self.reasons = TABLE[part]
        self.arise = {}
        self.translate = {}

    def arises(self, name):
        return self._keeps(self.arise, name)

    def translates(self, name):
        return self._keeps(self.translate, name)

    @staticmethod
    def _keeps(where, name):
        def keep(function):
            assert name not in where, name
            where[name] = function
            return function

        return keep

    def make(self, seed, rng, case):
        """Every other case gets one of them, each its turn."""
        names = list(self.arise)
        return self.arise[names[seed // 2 % len(names)]](rng, case) if seed % 2 else case

    def in_case(self, case):
        return [name for name, translate in self.translate.items() if translate(case) is not None]

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
        botocore = self._ask_botocore(case)
        if redrive == botocore:
            self.equal += 1
            return
        names = self._differences.in_case(case)
        if not names or self._told(case, names) != redrive:
            self.unexplained.append({"case": case, "redrive": redrive, "botocore": botocore})
            return
        for name in names:
            if self._told(case, [other for other in names if other != name]) != redrive:
                self.needed.add(name)

    def _told(self, case, names):
        return self._ask_botocore(self._differences.told(case, names))
