"""Renders chat templates as Hugging Face transformers does, to record what ours must equal.

    python render.py TEMPLATES SCENARIOS > renderings.json    (needs jinja2==3.1.6)

TEMPLATES is a folder of *.jinja files, or a JSON file of {name: source}; SCENARIOS a JSON file of
{name: variables}. With --text the renderings themselves are written, otherwise their SHA-256. A
rendering that raises is null.
"""
import datetime
import hashlib
import json
import pathlib
import sys

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.sandbox

NOW = datetime.datetime(2026, 7, 4, 15, 6, 7)


class Generation(jinja2.ext.Extension):
    """The tag that marks what a model wrote; it changes nothing in the text."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        call = self.call_method("_text", [])
        return jinja2.nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _text(self, caller):
        return caller()


def environment():
    env = jinja2.sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
    )

    def raise_exception(message):
        raise jinja2.exceptions.TemplateError(message)

    def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
        return json.dumps(
            x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
        )

    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = NOW.strftime
    return env


def render(source, variables):
    given = {"tools": None, "documents": None, "bos_token": "<s>", "eos_token": "</s>"}
    try:
        return environment().from_string(source).render(**(given | variables))
    except Exception as e:  # whatever the reference fails with, ours must fail as well
        print(type(e).__name__, e, file=sys.stderr)
        return None


def main():
    as_text = "--text" in sys.argv
    folder, scenarios = [pathlib.Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    if folder.is_dir():
        templates = {f.stem: f.read_text() for f in sorted(folder.glob("*.jinja"))}
    else:
        templates = json.loads(folder.read_text())
    result = {}
    for name, source in templates.items():
        result[name] = {}
        for scenario, variables in json.loads(scenarios.read_text()).items():
            text = render(source, variables)
            if text is not None and not as_text:
                text = hashlib.sha256(text.encode()).hexdigest()
            result[name][scenario] = text
    json.dump(result, sys.stdout, indent=1, ensure_ascii=False, sort_keys=True)
    print()


main()
