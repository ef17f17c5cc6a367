#!/usr/bin/env python3
"""Reads a service's Smithy model into the form that botocore has for models, as far as
constraints.py looks at it, without documentation.

botocore has no model of Transcribe's streaming: it cannot speak such streams. AWS publishes the
Smithy model at github.com/aws/api-models-aws; scripts/transcribe-streaming.json was made of
models/transcribe-streaming/service/2017-10-26/transcribe-streaming-2017-10-26.json by

    scripts/smithy_model.py MODEL.json > scripts/transcribe-streaming.json
"""

import json
import sys

KINDS = {"enum": "string", "union": "structure", "document": "structure"}
TRAIT = "smithy.api#"


def local(name):
    return name.partition("#")[2]


def trait(thing, name, default=None):
    return thing.get("traits", {}).get(TRAIT + name, default)


def member(definition):
    made = {"shape": local(definition["target"])}
    for name, location in (("httpHeader", "header"), ("httpQuery", "querystring")):
        if trait(definition, name) is not None:
            made |= {"location": location, "locationName": trait(definition, name)}
    return made


def shape(definition):
    made = {"type": KINDS.get(definition["type"], definition["type"])}
    for name in ("length", "range"):
        made |= trait(definition, name, {})
    if trait(definition, "pattern") is not None:
        made["pattern"] = trait(definition, "pattern")
    if trait(definition, "sensitive") is not None:
        made["sensitive"] = True
    if definition["type"] == "enum":
        made["enum"] = [trait(value, "enumValue") for value in definition["members"].values()]
    elif "members" in definition:
        members = definition["members"]
        made["members"] = {name: member(m) for name, m in members.items()}
        required = [name for name, m in members.items() if trait(m, "required") is not None]
        if required:
            made["required"] = required
    if definition["type"] == "union":
        made["union"] = True
    if trait(definition, "streaming") is not None:
        made["eventstream"] = True
    if trait(definition, "error") is not None:
        made["exception"] = True
        made["error"] = {"httpStatusCode": trait(definition, "httpError", 400)}
    for role in ("member", "key", "value"):
        if role in definition:
            made[role] = {"shape": local(definition[role]["target"])}
    return made


def operation(definition):
    http = trait(definition, "http")
    made = {
        "http": {
            "method": http["method"],
            "requestUri": http["uri"],
            "responseCode": http.get("code", 200),
        }
    }
    for side in ("input", "output"):
        made[side] = {"shape": local(definition[side]["target"])}
    return made


def metadata(service):
    aws = service["traits"]["aws.api#service"]
    return {
        "apiVersion": service["version"],
        "endpointPrefix": aws["endpointPrefix"],
        "signingName": service["traits"]["aws.auth#sigv4"]["name"],
        "protocol": "rest-json",
        "serviceId": aws["sdkId"],
    }


def main(path):
    with open(path, encoding="utf-8") as file:
        shapes = json.load(file)["shapes"]

    def of_type(kind):
        return {local(name): s for name, s in shapes.items() if s["type"] == kind}

    (service,) = of_type("service").values()
    parts = {
        "operations": {name: operation(s) for name, s in of_type("operation").items()},
        "shapes": {
            local(name): shape(s)
            for name, s in shapes.items()
            if s["type"] not in ("service", "operation")
        },
    }
    # A line for each, so that differences can be read.
    print('{\n"metadata": ' + json.dumps(metadata(service), sort_keys=True), end="")
    for part, entries in parts.items():
        lines = (f"{json.dumps(n)}: {json.dumps(e, sort_keys=True)}" for n, e in sorted(entries.items()))
        print(f',\n"{part}": {{\n' + ",\n".join(lines) + "\n}", end="")
    print("\n}")


if __name__ == "__main__":
    main(sys.argv[1])
