"""Plants small faults in the code and lists those that no test notices: ``python tools/mutants.py 400 --seed 1``.

cosmic-ray knows the faults. A seeded sample of places is taken, at each one fault. A module's own tests judge first, all
others only what survives them; ``tests/mutants.toml`` declares which tests are whose, faults that are always tried, and
faults that change nothing. All happens in copies of the tree.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import queue
import random
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

ROOT = Path(__file__).parent.parent
PACKAGE = "lkjip_xl"
SECONDS = 900  # a mutant that keeps tests busy for longer is noticed
CHOICES = {
    "not": ("AddNot", "ReplaceUnaryOperator_Delete_Not"),
    "and, or": ("ReplaceAndWithOr", "ReplaceOrWithAnd"),
    "true, false": ("ReplaceTrueWithFalse", "ReplaceFalseWithTrue"),
    "loop": ("ZeroIterationForLoop", "ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
    "number": ("NumberReplacer",),
    "sign": ("ReplaceUnaryOperator_USub_UAdd", "ReplaceUnaryOperator_Delete_Invert"),
    "comparison": (
        *(
            f"ReplaceComparisonOperator_{a}_{b}"
            for a in ("Eq", "NotEq", "Lt", "LtE", "Gt", "GtE")
            for b in ("Eq", "NotEq", "Lt", "LtE", "Gt", "GtE")
            if a != b
        ),
        "ReplaceComparisonOperator_Is_IsNot",
        "ReplaceComparisonOperator_IsNot_Is",
    ),
    "arithmetic": tuple(
        f"ReplaceBinaryOperator_{a}_{b}"
        for a, b in (
            ("Add", "Sub"), ("Sub", "Add"), ("Mul", "Div"), ("Div", "Mul"), ("FloorDiv", "Div"), ("Pow", "Mul"),
            ("Mod", "FloorDiv"), ("BitAnd", "BitOr"), ("BitOr", "BitAnd"), ("BitXor", "BitOr"),
        )
    ),
}  # fmt: skip
"""Faults by what they are done to; replacements that only end in a TypeError are not among them."""


@dataclass(frozen=True)
class Mutant:
    """The code of a module with one fault in it; ``name`` is that of a declared fault."""

    module: str
    operator: str
    line: int
    before: str
    after: str
    name: str = ""

    @property
    def text(self) -> str:
        """The line of the fault as it was."""
        return self.before.splitlines()[self.line - 1].strip()

    def __str__(self) -> str:
        """Return where it is and what it changes."""
        lines = difflib.unified_diff(self.before.splitlines(), self.after.splitlines(), lineterm="", n=0)
        diff = "\n".join(f"    {line}" for line in list(lines)[3:])
        return f"{self.name or self.operator} at {PACKAGE}/{self.module}:{self.line}\n{diff}"


# -- which mutants ------------------------------------------------------------------------------------------------


def modules(declared: Mapping[str, Any]) -> list[str]:
    """Return the modules in which faults are planted, by their path in the package."""
    paths = [path for place in declared["modules"] for path in sorted((ROOT / PACKAGE).glob(place))]
    return [path.relative_to(ROOT / PACKAGE).as_posix() for path in paths if path.name != "__init__.py"]


def declared_faults(declared: Mapping[str, Any]) -> list[Mutant]:
    """Return the faults that are always tried; each names a text that stands in the package once."""
    sources = {path: path.read_text("utf-8") for path in (ROOT / PACKAGE).rglob("*.py")}
    found = []
    for each in declared["fault"]:
        places = [path for path, source in sources.items() for _ in range(source.count(each["old"]))]
        if len(places) != 1:
            raise SystemExit(f"{each['name']}: {each['old']!r} stands in the code {len(places)} times")
        before = sources[places[0]]
        line = before[: before.index(each["old"])].count("\n") + 1
        module = places[0].relative_to(ROOT / PACKAGE).as_posix()
        after = before.replace(each["old"], each["new"])
        found.append(Mutant(module, "declared", line, before, after, each["name"]))
    return found


def sample(declared: Mapping[str, Any], seed: int) -> Iterator[Mutant]:
    """Yield a fault at each place of the modules, in an order that the seed decides; without those that change nothing."""
    places: dict[tuple[str, tuple[int, int], str], list[tuple[str, int]]] = defaultdict(list)
    for module in modules(declared):
        source = (ROOT / PACKAGE / module).read_text("utf-8")
        apart, nodes = list(_apart(ast.parse(source))), list(ast_nodes(get_ast(source)))
        for kind, names in CHOICES.items():
            for name in names:
                positions = [
                    p for node in nodes for p in get_operator(f"core/{name}")().mutation_positions(node)
                ]
                for occurrence, (start, _) in enumerate(positions):
                    if not any(first <= start < last for first, last in apart):
                        places[module, start, kind].append((name, occurrence))
    equal = {(each["file"], each["line"], each["operator"]) for each in declared.get("equivalent", [])}
    chance = random.Random(seed)  # noqa: S311 - a sample
    for module, (line, _), kind in chance.sample(sorted(places), len(places)):
        name, occurrence = chance.choice(places[module, (line, _), kind])
        before = (ROOT / PACKAGE / module).read_text("utf-8")
        after = mutate_code(before, get_operator(f"core/{name}")(), occurrence)
        mutant = Mutant(module, name, line, before, str(after))
        if (module, mutant.text, name) not in equal and _is_python(mutant.after):
            yield mutant


def _is_python(source: str) -> bool:
    try:
        compile(source, "mutant", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def _apart(tree: ast.Module) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield where nothing is planted: types, signatures, decorators, assertions."""
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        match node:
            case ast.FunctionDef():
                parts = [*node.decorator_list]
                yield (node.lineno, node.col_offset), (node.body[0].lineno, node.body[0].col_offset)
            case ast.ClassDef():
                parts = [*node.decorator_list]
            case ast.AnnAssign():
                parts = [node.annotation]
            case ast.Call(func=ast.Name(id="isinstance" | "cast")):
                parts = [*node.args]
            case ast.Assert():
                parts = [node]
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                parts = [node]
            case ast.Assign(value=ast.BinOp(op=ast.BitOr())) if node in tree.body:
                parts = [node]
        for part in parts:
            if isinstance(part, ast.expr | ast.stmt):
                end = part.end_lineno or 0, part.end_col_offset or 0
                yield (part.lineno, part.col_offset), end


def check_equivalents(declared: Mapping[str, Any]) -> None:
    """Complain of entries whose line is no longer there."""
    for each in declared.get("equivalent", []):
        lines = [line.strip() for line in (ROOT / PACKAGE / each["file"]).read_text("utf-8").splitlines()]
        if each["line"] not in lines:
            raise SystemExit(f"tests/mutants.toml: {each['file']} has no line {each['line']!r} any more")


# -- judging ------------------------------------------------------------------------------------------------------


class Judges:
    """Copies of the tree in which tests run, one for each worker."""

    def __init__(self, folder: Path, workers: int, declared: Mapping[str, Any], *, own_only: bool) -> None:
        self.declared, self.own_only = declared, own_only
        self.files = [
            path.relative_to(ROOT / "tests").as_posix() for path in (ROOT / "tests").rglob("test_*.py")
        ]
        self.copies: queue.Queue[Path] = queue.Queue()
        self.stamp = 0
        names = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(names, cwd=ROOT, capture_output=True, check=True).stdout.decode()
        for number in range(workers):
            for name in filter(None, listed.split("\0")):
                if (ROOT / name).is_file():
                    target = folder / str(number) / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes((ROOT / name).read_bytes())
            self.copies.put(folder / str(number))

    def own(self, module: str) -> list[str]:
        """Return the files with a module's own tests, or those of its folder, the quickest first."""
        own, folder = self.declared["tests"], module.rpartition("/")[0]
        return list(own.get(module) or own.get(folder) or own[module.split("/", maxsplit=1)[0]])

    def others(self, module: str) -> list[str]:
        """Return all other files with tests, those first that most likely notice."""
        order = [*self.declared["order"], module.split("/", maxsplit=1)[0]]
        known = {place: number for number, place in enumerate(order)}
        files = sorted(set(self.files) - set(self.own(module)))
        return sorted(
            files, key=lambda name: (known.get(name, known.get(name.split("/")[0], len(known))), name)
        )

    def judge(self, mutant: Mutant) -> str:
        """Return who notices a mutant: ``own``, ``others``, ``time`` or nobody (empty)."""
        copy = self.copies.get()
        path = copy / PACKAGE / mutant.module
        try:
            self._write(path, mutant.after)
            for who, files in (("own", self.own(mutant.module)), ("others", self.others(mutant.module))):
                if who == "own" or not self.own_only:
                    failed = self.run(copy, files)
                    if failed:
                        return who if failed == "failed" else "time"
            return ""
        finally:
            self._write(path, mutant.before)
            self.copies.put(copy)

    def _write(self, path: Path, source: str) -> None:
        """Write a module with a time of its own, so that no compiled one is taken for it."""
        path.write_text(source, encoding="utf-8")
        self.stamp += 1
        os.utime(path, (self.stamp, self.stamp))

    def run(self, copy: Path, files: Sequence[str]) -> str:
        """Return how the tests in a copy end: nothing where all pass, else ``failed`` or ``time``."""
        options = [
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            "--hypothesis-profile=hasty",
            "-m",
            "not office and not slow",
            "-k",
            "not postgresql",
        ]
        command = [sys.executable, "-m", "pytest", *options, *(f"tests/{name}" for name in files)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = {**os.environ, "PYTHONPATH": str(copy)}
        process = subprocess.Popen(command, cwd=copy, env=environment, start_new_session=True, **quiet)  # type: ignore[call-overload]
        try:
            return "failed" if process.wait(SECONDS) else ""
        except subprocess.TimeoutExpired:
            return "time"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def main() -> int:
    """Plant, judge and list; 1 where less than 90 % or not each declared fault is noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skip", type=int, default=0, help="so many of the sample's first are left out")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--own-only", action="store_true", help="what a module's own tests miss, survives")
    parser.add_argument("--trusted", action="store_true", help="the tests are known to pass without a fault")
    parser.add_argument(
        "--only", action="append", help="modules as globs in lkjip_xl/: the sample is taken of these alone"
    )
    chosen = parser.parse_args()
    declared = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text("utf-8"))
    check_equivalents(declared)
    faults = [] if chosen.only else declared_faults(declared)
    sampled = sample({**declared, "modules": chosen.only or declared["modules"]}, chosen.seed)
    mutants = [*faults, *(m for m, n in zip(sampled, range(chosen.skip + chosen.number)) if n >= chosen.skip)]  # noqa: B905 - as many as asked for
    noticed: dict[Mutant, str] = {}
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(chosen.jobs) as pool:
        judges = Judges(Path(folder), chosen.jobs, declared, own_only=chosen.own_only)
        own = dict.fromkeys(name for mutant in mutants for name in judges.own(mutant.module))
        if not chosen.trusted and judges.run(judges.copies.queue[0], list(own)):
            raise SystemExit("the tests fail without any fault already")
        for number, (mutant, who) in enumerate(
            zip(mutants, pool.map(judges.judge, mutants), strict=True), start=1
        ):
            noticed[mutant] = who
            print(
                f"{number}/{len(mutants)} {who or 'SURVIVES'}: {mutant if not who else mutant.module}",
                flush=True,
            )
    return _report(noticed)


def _report(noticed: Mapping[Mutant, str]) -> int:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for mutant, who in noticed.items():
        counts[mutant.module][who] += 1
    print(f"\n{'module':32}{'tried':>8}{'own':>8}{'others':>8}{'time':>8}{'survive':>8}")
    for module, of in [*sorted(counts.items()), ("all", Counter(noticed.values()))]:
        print(f"{module:32}{of.total():8}" + "".join(f"{of[who]:8}" for who in ("own", "others", "time", "")))
    survivors = [mutant for mutant, who in noticed.items() if not who]
    print("\n".join(["", *map(str, survivors)]))
    return int(any(each.name for each in survivors) or 10 * len(survivors) > len(noticed))


if __name__ == "__main__":
    sys.exit(main())
