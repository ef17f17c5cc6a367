/**
 * llama.cpp v0.4.0 through the Foreign Function &amp; Memory API. Arguments that would abort the
 * process are refused in Java first.
 */
package dev.outcrop.models.llama.binding;
