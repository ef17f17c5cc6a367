/**
 * Text embeddings in ONNX Runtime, inside this process. An {@link
 * dev.outcrop.models.onnx.OnnxProvider} makes one {@link
 * dev.outcrop.models.onnx.OnnxEmbeddingModel} per catalogue entry; a text becomes {@link
 * dev.outcrop.models.onnx.Tokens}, those become {@link dev.outcrop.models.onnx.Windows}, and every
 * window goes through one {@link dev.outcrop.models.onnx.Network}.
 */
package dev.outcrop.models.onnx;
