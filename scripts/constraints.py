#!/usr/bin/env python3
"""Writes the tables that platform/operations takes from botocore's service models.

Two files, both committed, so that a build needs neither Python nor botocore:

* src/main/facts/services.tsv: what the SDK for Java does not say about a service (every protocol
  it answers, its API version, success statuses, error codes). Read when the index is generated.
* src/main/resources/dev/outcrop/operations/constraints.tsv: required members, lengths, ranges,
  patterns and enums of every input shape. Read by Constraints at run time.

Run it without arguments; it makes its own virtual environment beside this file and pins botocore.
"""

import json
import pathlib
import subprocess
import sys
import venv

BOTOCORE = "1.44.5"
HERE = pathlib.Path(__file__).resolve().parent
MODULE = HERE.parent / "platform" / "operations"
SERVICES = """bedrock bedrock-runtime bedrock-agent bedrock-agent-runtime bedrock-agentcore
bedrock-agentcore-control bedrock-data-automation bedrock-data-automation-runtime comprehend
textract transcribe qbusiness qapps sagemaker sagemaker-runtime s3 s3vectors iam sts cloudwatch
logs cloudtrail xray macie2 glue appflow transfer cloudformation apigateway lambda kms
secretsmanager ssm""".split()
PROTOCOLS = {
    "rest-json": "REST_JSON",
    "rest-xml": "REST_XML",
    "query": "QUERY",
    "smithy-rpc-v2-cbor": "RPC_V2_CBOR",
}


def inside_own_environment():
    """Starts this script again in an environment that has the pinned botocore."""
    home = HERE / ".venv"
    python = home / "bin" / "python"
    if pathlib.Path(sys.prefix) == home:
        return True
    if not python.exists():
        venv.create(home, with_pip=True)
    subprocess.run(
        [python, "-m", "pip", "install", "-q", f"botocore=={BOTOCORE}"], check=True
    )
    subprocess.run([python, __file__], check=True)
    return False


def protocols(metadata):
    names = []
    for name in metadata.get("protocols", [metadata["protocol"]]):
        if name == "json":
            version = metadata.get("jsonVersion", "1.0").replace(".", "_")
            names.append(f"AWS_JSON_{version}")
        else:
            names.append(PROTOCOLS[name])
    return names


def required_at(model, operation, location):
    """Wire names of the required top-level input members carried in a query string or header."""
    shape = model["shapes"].get(operation.get("input", {}).get("shape"), {})
    members = shape.get("members", {})
    return [
        members[name].get("locationName", name)
        for name in shape.get("required", [])
        if members[name].get("location") == location
    ]


def event_exceptions(model, operation):
    """Names that exceptions carry inside the response's event stream, with their shapes."""
    shape = model["shapes"].get(operation.get("output", {}).get("shape"), {})
    for member in shape.get("members", {}).values():
        target = model["shapes"][member["shape"]]
        if target.get("eventstream"):
            return [
                f"{name}={event['shape']}"
                for name, event in target["members"].items()
                if model["shapes"][event["shape"]].get("exception")
            ]
    return []


def facts(name, model):
    data = model["metadata"]
    yield "S", name, data["endpointPrefix"], data.get("signingName", data["endpointPrefix"]), data[
        "apiVersion"
    ], ",".join(protocols(data)), data.get("targetPrefix", ""), data["serviceId"], data.get(
        "xmlNamespace", ""
    ), "compatible" if "awsQueryCompatible" in data else ""
    for shape_name, shape in sorted(model["shapes"].items()):
        if shape.get("exception"):
            error = shape.get("error", {})
            default = 500 if shape.get("fault") else 400
            yield "E", shape_name, error.get("code", shape_name), error.get(
                "httpStatusCode", default
            )
    for op_name, op in sorted(model["operations"].items()):
        yield (
            "O",
            op_name,
            op["http"]["method"],
            op["http"]["requestUri"],
            op["http"].get("responseCode", 200),
            ",".join(required_at(model, op, "querystring")),
            ",".join(required_at(model, op, "header")),
            ",".join(event_exceptions(model, op)),
        )


NUMBERS = ("integer", "long", "float", "double")


def lengths(shape):
    return shape.get("min", ""), shape.get("max", "")


class Table:
    """The types of one service that hold a constraint anywhere inside, numbered as first met."""

    def __init__(self, model):
        self.shapes = model["shapes"]
        self.members = {name: self.checked(shape) for name, shape in self.shapes.items()}
        self.constrained = {name for name, shape in self.shapes.items() if self.own(shape)}
        while self.grow():
            pass
        self.numbers = {}
        self.rows = []

    def checked(self, shape):
        """Members that arrive in the request object: neither byte streams nor event streams."""
        members = {}
        for name, member in shape.get("members", {}).items():
            target = self.shapes[member["shape"]]
            if not any(s.get("streaming") or s.get("eventstream") for s in (member, target)):
                members[name] = member["shape"]
        return members

    def own(self, shape):
        kind = shape["type"]
        if kind == "structure":
            return bool(shape.get("required")) or shape.get("union", False)
        ranged = "min" in shape or "max" in shape
        return ranged or (kind == "string" and ("enum" in shape or "pattern" in shape))

    def targets(self, name):
        shape = self.shapes[name]
        if shape["type"] == "structure":
            return self.members[name].values()
        return [shape[role]["shape"] for role in ("member", "key", "value") if role in shape]

    def grow(self):
        more = {
            name
            for name in self.shapes.keys() - self.constrained
            if any(target in self.constrained for target in self.targets(name))
        }
        self.constrained |= more
        return bool(more)

    def number(self, name):
        """The number of a type, written on the way; empty for one without constraints."""
        if name not in self.constrained:
            return ""
        if name not in self.numbers:
            self.numbers[name] = len(self.rows)
            self.rows.append(None)
            self.rows[self.numbers[name]] = self.row(name)
        return self.numbers[name]

    def row(self, name):
        shape = self.shapes[name]
        kind = shape["type"]
        if kind == "structure":
            required = set(shape.get("required", []))
            members = [
                f"{member}{'!' if member in required else ''}:{self.number(target)}"
                for member, target in self.members[name].items()
                if shape.get("union") or member in required or target in self.constrained
            ]
            return ("union" if shape.get("union") else "structure", *members)
        if kind == "list":
            return ("list", *lengths(shape), self.number(shape["member"]["shape"]))
        if kind == "map":
            key, value = (self.number(shape[role]["shape"]) for role in ("key", "value"))
            return ("map", *lengths(shape), key, value)
        name = "number" if kind in NUMBERS else "text"
        if shape.get("sensitive"):
            name = "secret-" + name
        # The model of bedrock-agent has /d{12} for an account number and /d+ for a version, which would refuse every ARN,
        # and that of bedrock has no prompt routers but the default ones, as before others could be made.
        pattern = (
            shape.get("pattern", "")
            .replace("/d{12}", "\\d{12}")
            .replace("(?::/d+)", "(?::\\d+)")
            .replace(":[0-9]{12}:default-prompt-router/", ":[0-9]{12}:(default-)?prompt-router/")
            .replace("\n", "\\n")
            .replace("\t", "\\t")
        )
        return (name, *lengths(shape), ",".join(shape.get("enum", [])), pattern)


def constraints(name, model):
    table = Table(model)
    operations = []
    for op_name, op in sorted(model["operations"].items()):
        number = table.number(op["input"]["shape"]) if "input" in op else ""
        if number != "":
            operations.append(("O", op_name, number))
    yield "S", name
    yield from (("T", *row) for row in table.rows)
    yield from operations


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write("\t".join(str(cell) for cell in row).rstrip("\t") + "\n")


def main():
    from botocore.loaders import Loader

    loader = Loader()
    models = {name: loader.load_service_model(name, "service-2") for name in SERVICES}
    # botocore has no model of a service that it cannot speak to; see smithy_model.py.
    models["transcribe-streaming"] = json.loads((HERE / "transcribe-streaming.json").read_text())
    rows = (row for name, model in models.items() for row in facts(name, model))
    write(MODULE / "src/main/facts/services.tsv", rows)
    write(
        MODULE / "src/main/resources/dev/outcrop/operations/constraints.tsv",
        (row for name, model in models.items() for row in constraints(name, model)),
    )


if __name__ == "__main__" and inside_own_environment():
    main()
