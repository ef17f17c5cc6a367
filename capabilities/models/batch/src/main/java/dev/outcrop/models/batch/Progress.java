package dev.outcrop.models.batch;

import java.util.List;

/**
 * How far a job came, as it is kept between runs.
 *
 * @param files of the input, in order
 * @param next the first of them whose output is not written
 * @param tally of those before
 */
record Progress(List<InputFile> files, int next, Tally tally) {

  static Progress of(List<InputFile> files) {
    return new Progress(files, 0, Tally.of(files.stream().mapToLong(InputFile::records).sum()));
  }

  InputFile file() {
    return files.get(next);
  }

  Progress done(Tally after) {
    return new Progress(files, next + 1, after);
  }

  /** The position in the job of the first record of the file at hand. */
  long position() {
    return files.subList(0, next).stream().mapToLong(InputFile::records).sum();
  }
}
