package dev.outcrop.models.templates;

/** What a name that nobody set stands for: empty when printed, an error when used. */
record Undefined(String name) {
  TemplateException error() {
    return new TemplateException("'" + name + "' is undefined");
  }
}
