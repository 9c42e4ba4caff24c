#!/usr/bin/env python3
"""Arrows between modules only point down (docs/architecture.md): reads the imports of Sources and Tests, and what Package.swift declares.

The package manager does not see this: it lets a module import whatever was built before it.
"""

import pathlib
import re
import sys

# What each module of ours may import of the others, from the bottom up. Tests may reach everything that they declare.
BELOW = {
    "CLibPQ": set(),
    "CMalloc": set(),
    "Postgres": {"CLibPQ"},
    "Telemetry": set(),
    "Pacing": set(),
    "Domain": set(),
    "Store": {"Domain", "Postgres"},
    "UseCases": {"Domain", "Store"},
    "HTTPAPI": {"Domain", "UseCases"},
    "Dispatcher": {"Domain", "Pacing", "UseCases"},
    "Scheduler": {"Domain", "Pacing", "UseCases"},
    "Courier": {"Domain", "UseCases", "Telemetry"},
    "Deployment": {"Domain", "Postgres"},
    "Runtime": {
        "CMalloc", "Deployment", "Domain", "Postgres", "Store", "UseCases", "Telemetry", "HTTPAPI", "Dispatcher", "Scheduler", "Courier",
    },
    "Operations": {"Deployment", "Domain", "Postgres", "Store", "UseCases", "HTTPAPI", "Telemetry", "Runtime"},
    "TestSupport": {"Deployment", "Domain", "Postgres", "Store", "UseCases"},
    "docket": {"Operations", "Runtime"},
    "docket-api": {"Runtime"},
    "docket-dispatcher": {"Runtime"},
    "docket-scheduler": {"Runtime"},
    "docket-courier": {"Runtime"},
    "docket-bench": {"CLibPQ", "Postgres"},
}

# The rules do no I/O and have no clock of their own.
DOMAIN_MAY_IMPORT = {"FoundationEssentials", "Synchronization"}

# What comes with the toolchain and needs no declaration.
TOOLCHAIN = {"Darwin", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Swift", "Synchronization", "Testing"}

# Modules that come with a product of another name.
PRODUCT_OF = {"CoreMetrics": {"CoreMetrics", "Metrics"}}

IMPORT = re.compile(
    r"^[ \t]*(?:@\w+[ \t]+)*(?:(?:public|package|internal|private|fileprivate)[ \t]+)?import[ \t]+"
    r"(?:(?:struct|class|enum|protocol|typealias|func|let|var)[ \t]+)?(\w+)",
    re.MULTILINE,
)


def declared(package: str) -> dict[str, set[str]]:
    """The names of the modules and products that each target of Package.swift depends on."""
    products = dict(re.findall(r'^let (\w+): Target\.Dependency = \.product\(name: "(\w+)"', package, re.MULTILINE))
    targets = {}
    for name, body in re.findall(r'^ +(?:library|main|tests)\(\s*"([\w-]+)"(?:,\s*\[([^\]]*)\])?', package, re.MULTILINE):
        words = re.findall(r'"(\w+)"|(\w+)', body)
        targets[name] = {module or products.get(alias, alias) for module, alias in words}
    return targets


def imports(folder: pathlib.Path) -> dict[str, list[str]]:
    """Where a folder's files import what."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.swift")):
        text = path.read_text(encoding="utf-8")
        for match in IMPORT.finditer(text):
            line = text.count("\n", 0, match.start(1)) + 1
            found.setdefault(match.group(1), []).append(f"{path}:{line}")
    return found


def faults(root: pathlib.Path) -> list[str]:
    targets = declared((root / "Package.swift").read_text(encoding="utf-8"))
    found = []
    for folder in sorted([*(root / "Sources").iterdir(), *(root / "Tests").iterdir()]):
        module = folder.name
        if not folder.is_dir() or not any(folder.rglob("*.swift")):
            continue
        dependencies = targets.get(module)
        if dependencies is None or (folder.parent.name == "Sources" and module not in BELOW):
            found.append(f"{module}: is unknown here; add it to scripts/lib/layers.py and docs/architecture.md")
            continue
        used = imports(folder)
        for name, places in used.items():
            if name in BELOW and name not in BELOW.get(module, BELOW.keys()):
                found += [f"{place}: {module} must not import {name}" for place in places]
            elif module == "Domain" and name not in DOMAIN_MAY_IMPORT:
                found += [f"{place}: Domain must not import {name}" for place in places]
            elif name not in TOOLCHAIN and not dependencies & PRODUCT_OF.get(name, {name}):
                found += [f"{place}: Package.swift does not declare that {module} needs {name}" for place in places]
        for name in sorted(dependencies & BELOW.keys() - used.keys()):
            found.append(f"Package.swift: {module} declares {name} and does not import it")
    return found


def drawing_faults(root: pathlib.Path) -> list[str]:
    """What the drawing of the modules in docs/architecture.md says otherwise: it has every module, and whatever one may import stands below it."""
    section = (root / "docs/architecture.md").read_text(encoding="utf-8").split("\n## Modules", 1)[1].split("\n## ", 1)[0]
    _, drawing, text = section.split("```", 2)
    place: dict[str, tuple[int, int]] = {}
    arrows = []
    found = []
    for number, line in enumerate(drawing.split("\n")):
        # What follows in small letters explains the line.
        names = re.split(r"\s{2,}(?=[a-z])(?!docket)", line)[0]
        for match in re.finditer(r"[A-Za-z][\w-]*", names):
            place[match.group()] = (number, match.start())
        arrows += re.findall(r"(\w+) ─+► (\w+)", names)
    named = place.keys() | set(re.findall(r"`([\w-]+)`", text))
    found += [f"docs/architecture.md: the modules leave out {module}" for module in BELOW if module not in named]
    found += [f"docs/architecture.md: {module} is drawn, and there is none" for module in place if module not in BELOW]
    for module, below in BELOW.items():
        for other in sorted(below):
            if module in place and other in place and place[other][0] <= place[module][0] and (module, other) not in arrows:
                found.append(f"docs/architecture.md: {other} is not drawn below {module}, which may import it")
    return found


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    problems = faults(root) + drawing_faults(root)
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems else 0)
