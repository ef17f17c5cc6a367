"""What a LangChain application does with Bedrock, in one run; prints one JSON object."""

import json
import sys

from langchain_aws import BedrockEmbeddings, ChatBedrockConverse
from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.tools import tool
from pydantic import BaseModel, Field


@tool
def weather(city: str) -> str:
    """Tells the weather of a city."""
    return f"sunny in {city}"


class Place(BaseModel):
    """A place on a map."""

    city: str = Field(max_length=20)
    size: int = Field(ge=1, le=9)


def loop(model):
    """The agent's loop: the model calls, the tool answers, the model tells."""
    bound = model.bind_tools([weather])
    messages = [HumanMessage("What is the weather?")]
    asked = bound.invoke(messages)
    call = asked.tool_calls[0]
    messages += [asked, ToolMessage(weather.invoke(call["args"]), tool_call_id=call["id"])]
    told = bound.invoke(messages)
    return {"call": call["args"], "told": told.text, "usage": told.usage_metadata}


def streamed(model):
    """The same call, put together from chunks, and a plain answer's pieces."""
    whole = None
    for chunk in model.bind_tools([weather]).stream("What is the weather?"):
        whole = chunk if whole is None else whole + chunk
    pieces = [chunk.text for chunk in model.stream("one two three") if chunk.text]
    return {"call": whole.tool_calls[0]["args"], "pieces": pieces}


def main():
    script = ChatBedrockConverse(
        model="anthropic.claude-script", temperature=0, disable_streaming=False
    )
    local = ChatBedrockConverse(
        model="outcrop.smollm2-135m-instruct-v1",
        provider="outcrop",
        max_tokens=60,
        disable_streaming=False,
        supports_tool_choice_values=["auto", "any", "tool"],
    )
    place = local.with_structured_output(Place).invoke("Name a place.")
    vectors = BedrockEmbeddings(model_id="amazon.titan-embed-text-v2:0")
    json.dump(
        {
            "loop": loop(script),
            "stream": streamed(script),
            "place": place.model_dump(),
            "embedding": [len(v) for v in vectors.embed_documents(["a lighthouse", "a keeper"])],
        },
        sys.stdout,
    )


main()
