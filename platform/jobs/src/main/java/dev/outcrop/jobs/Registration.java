package dev.outcrop.jobs;

/** Who does the jobs of a kind, and how often it is tried. */
record Registration(String kind, Retry retry, JobHandler handler) {}
