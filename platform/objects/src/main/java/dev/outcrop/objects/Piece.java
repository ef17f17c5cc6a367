package dev.outcrop.objects;

/**
 * A run of an object's bytes in a file of its own.
 *
 * @param number the part's, from 1
 * @param blob the file's id
 */
record Piece(int number, String blob, long size) {}
