package dev.outcrop.models.batch;

/**
 * A file of a job's input.
 *
 * @param tag of what was counted; the run reads nothing else
 * @param name below the input's folder, for the output's name
 */
record InputFile(String key, String tag, String name, int records) {}
