"""The SDKs of OpenAI and Anthropic, driven by the conformance suite: one JSON request per line in, one JSON answer per line out."""

import json
import sys

import anthropic
import openai

clients = {"openai": openai.OpenAI(max_retries=0), "anthropic": anthropic.Anthropic(max_retries=0)}


def method(sdk, name):
    found = clients[sdk]
    for part in name.split("."):
        found = getattr(found, part)
    return found


def shown(value):
    return value.to_dict(mode="json") if hasattr(value, "to_dict") else value


def call(sdk, name, path, input):
    answer = method(sdk, name)(*path, **input)
    if hasattr(answer, "iter_pages"):
        return {"output": [shown(item) for item in answer]}
    return {"output": shown(answer)}


def stream(sdk, name, path, input):
    return {"events": [shown(event) for event in method(sdk, name)(*path, **input, stream=True)]}


def collect(sdk, name, path, input):
    """The SDK's own helper puts the pieces of a stream together."""
    ends = {"messages": "get_final_message", "responses": "get_final_response"}
    with method(sdk, f"{name}.stream")(*path, **input) as pieces:
        return {"output": shown(getattr(pieces, ends.get(name, "get_final_completion"))())}


verbs = {"call": call, "stream": stream, "collect": collect}

for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = verbs[request["verb"]](request["sdk"], request["name"], request["path"], request["input"])
    except (openai.APIError, anthropic.APIError) as e:
        status = getattr(e, "status_code", 0)
        answer = {"error": {"code": type(e).__name__, "message": str(e), "typed": True, "status": status}}
    except Exception as e:
        answer = {"error": {"code": type(e).__name__, "message": str(e), "typed": False, "status": 0}}
    print(json.dumps(answer), flush=True)
