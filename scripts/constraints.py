#!/usr/bin/env python3
"""Writes the tables that platform/operations takes from botocore's service models.

Two files, both committed, so that a build needs neither Python nor botocore:

* src/main/facts/services.tsv: what the SDK for Java does not say about a service (every protocol
  it answers, its API version, success statuses, error codes). Read when the index is generated.
* src/main/resources/dev/outcrop/operations/constraints.txt: required members, lengths, ranges,
  patterns and enums of every input shape. Read by Constraints at run time.

Run it without arguments; it makes its own virtual environment beside this file and pins botocore.
"""

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


# botocore cannot speak HTTP/2 event streams and so has no model of this service.
TRANSCRIBE_STREAMING = (
    "S",
    "transcribe-streaming",
    "transcribestreaming",
    "transcribe",
    "2017-10-26",
    "REST_JSON",
    "",
    "Transcribe Streaming",
)


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


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write("\t".join(str(cell) for cell in row).rstrip("\t") + "\n")


def main():
    from botocore.loaders import Loader

    loader = Loader()
    models = {name: loader.load_service_model(name, "service-2") for name in SERVICES}
    rows = [row for name, model in models.items() for row in facts(name, model)]
    write(MODULE / "src/main/facts/services.tsv", [*rows, TRANSCRIBE_STREAMING])


if __name__ == "__main__" and inside_own_environment():
    main()
