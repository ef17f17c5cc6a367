"""boto3, driven by the conformance suite: one JSON request per line in, one JSON answer per line out."""

import hashlib
import json
import sys

import boto3
from boto3.s3.transfer import TransferConfig
from botocore import xform_name
from botocore.eventstream import EventStream
from botocore.exceptions import ClientError
from botocore.response import StreamingBody

LARGE = 65536
clients = {}


def client(service):
    if service not in clients:
        clients[service] = boto3.client(service)
    return clients[service]


def given(value):
    """Blobs arrive as {"$text": …} or {"$file": path}, for JSON has none."""
    if isinstance(value, dict):
        if "$text" in value:
            return value["$text"].encode()
        if "$file" in value:
            with open(value["$file"], "rb") as file:
                return file.read()
        return {name: given(member) for name, member in value.items()}
    return [given(item) for item in value] if isinstance(value, list) else value


def shown(value):
    if isinstance(value, StreamingBody):
        value = value.read()
    if isinstance(value, bytes):
        if len(value) > LARGE:
            return {"length": len(value), "sha256": hashlib.sha256(value).hexdigest()}
        return value.decode("utf-8", "replace")
    if isinstance(value, dict):
        return {name: shown(member) for name, member in value.items() if name != "ResponseMetadata"}
    if isinstance(value, list):
        return [shown(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def call(service, operation, input):
    response = getattr(client(service), xform_name(operation))(**given(input))
    meta = response["ResponseMetadata"]
    return {"output": shown(response), "status": meta["HTTPStatusCode"], "attempts": meta["RetryAttempts"] + 1}


def stream(service, operation, input, leaveAfter):
    response = getattr(client(service), xform_name(operation))(**given(input))
    source = next(member for member in response.values() if isinstance(member, EventStream))
    events = []
    for event in source:
        events.append(shown(event))
        if len(events) == leaveAfter:
            source.close()
            break
    rest = {name: member for name, member in response.items() if member is not source}
    return {"output": shown(rest), "events": events}


def pages(service, operation, input):
    paginator = client(service).get_paginator(xform_name(operation))
    return {"output": [shown(page) for page in paginator.paginate(**input)]}


def upload(bucket, key, file):
    """In three or more parts, as boto3 sends large files."""
    client("s3").upload_file(file, bucket, key, Config=TransferConfig(multipart_chunksize=5 * 1024 * 1024))
    return {"output": {}}


def presign(operation, input):
    return {"output": {"url": client("s3").generate_presigned_url(xform_name(operation), Params=input)}}


def answer(request):
    verb = globals()[request.pop("verb")]
    try:
        return verb(**request)
    except ClientError as e:
        error = e.response["Error"]
        meta = e.response.get("ResponseMetadata", {})
        return {
            "error": {
                "code": error["Code"],
                "message": error["Message"],
                "typed": type(e) is not ClientError,
                "status": meta.get("HTTPStatusCode", 0),
            },
            "attempts": meta.get("RetryAttempts", 0) + 1,
        }
    except Exception as e:  # whatever else the SDK raises is for the test to judge
        return {"error": {"code": type(e).__name__, "message": str(e), "typed": False, "status": 0}}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
