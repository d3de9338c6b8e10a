"""The ballot's modules as one file, and its style sheets as another: on a slow network each file costs a round trip.

The sources stay what they are, small modules that name what they take from each other; nothing is rewritten but
`import` and `export`, and anything else than the two plain forms used here is refused.
"""

import re
from pathlib import Path

IMPORT = re.compile(r'^import \{ ([^}]+) \} from "\./(\w+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
COMMENT = re.compile(r"^ *(?://|/\*\*|\*).*\n", re.MULTILINE)
INDENT = re.compile(r"^ +", re.MULTILINE)
STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def join_modules(folder: Path, first: str) -> str:
    """`first` and all it needs, each wrapped in a scope of its own, those that are needed standing before."""
    parts: dict[str, str] = {}
    _add(folder, first, parts)
    return '"use strict";\n' + "".join(parts.values())


def join_styles(folder: Path, names: tuple[str, ...]) -> str:
    """Style sheets one after the other, without their comments and indentation."""
    whole = "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in names)
    return re.sub(r"\n\s+", "\n", STYLE_COMMENT.sub("", whole))


def _add(folder: Path, name: str, parts: dict[str, str]) -> None:
    if name in parts:
        return
    source = (folder / f"{name}.js").read_text(encoding="utf-8")
    for needed in IMPORT.finditer(source):
        _add(folder, needed[2], parts)
    parts[name] = _wrap(name, source)


def _wrap(name: str, source: str) -> str:
    exported = ", ".join(found[1] for found in EXPORT.finditer(source))
    body = EXPORT.sub("", IMPORT.sub(r"const { \1 } = \2_js;\n", INDENT.sub("", COMMENT.sub("", source))))
    if strange := OTHER.search(body):
        raise ValueError(f"{name}.js: “{strange[0]}” is not a form of import or export that can be joined.")
    return f"const {name}_js = (() => {{\n{body}return {{ {exported} }};\n}})();\n"
