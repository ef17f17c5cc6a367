"""Writes golden.json: embeddings by Python's onnxruntime and tokenizers, independent of the Java code.

Usage: pip install onnxruntime==1.28.0 tokenizers numpy (the Java library's version); unzip the .onnx and .json files out of the two
langchain4j-embeddings jars into one folder; python golden.py FOLDER > ../resources/golden.json
"""

import json
import sys

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

PREFIX = "Represent this sentence for searching relevant passages: "
TEXTS = [
    "The quick brown fox jumps over the lazy dog.",
    "How do I rotate the keys of a service account?",
    "Zürich, naïve café — déjà vu; 東京 and 🦊 in one line.",
    "x = [f(i) for i in range(10)]  # a comment\n\n\ttabs and\nlines",
    " ".join(f"Sentence number {i} talks about water level {i * 7 % 13} in the old harbour." for i in range(12)),
]
MODELS = {
    "bge-small-en-v1.5": ("bge-small-en-v1.5-q", "cls", PREFIX),
    "all-minilm-l6-v2": ("all-minilm-l6-v2-q", "mean", ""),
}


def embed(session, tokenizer, pooling, text):
    ids = tokenizer.encode(text).ids
    feed = {
        "input_ids": np.array([ids], dtype=np.int64),
        "attention_mask": np.ones((1, len(ids)), dtype=np.int64),
        "token_type_ids": np.zeros((1, len(ids)), dtype=np.int64),
    }
    states = session.run(None, feed)[0][0]
    vector = states[0] if pooling == "cls" else states.mean(axis=0)
    return [round(float(v), 6) for v in vector / np.linalg.norm(vector)], len(ids)


def main(folder):
    cases = []
    for model, (name, pooling, prefix) in MODELS.items():
        session = onnxruntime.InferenceSession(f"{folder}/{name}.onnx")
        tokenizer = Tokenizer.from_file(f"{folder}/{name}-tokenizer.json")
        tokenizer.no_truncation()
        tokenizer.no_padding()
        for text in TEXTS:
            vector, tokens = embed(session, tokenizer, pooling, text)
            cases.append({"model": model, "purpose": "DOCUMENT", "text": text, "tokens": tokens, "vector": vector})
        vector, _ = embed(session, tokenizer, pooling, prefix + TEXTS[1])
        _, tokens = embed(session, tokenizer, pooling, TEXTS[1])
        cases.append({"model": model, "purpose": "QUERY", "text": TEXTS[1], "tokens": tokens, "vector": vector})
    lines = ",\n".join(json.dumps(case) for case in cases)
    print(f"[\n{lines}\n]")


main(sys.argv[1])
