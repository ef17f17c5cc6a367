/** The files of models: fetched once, checked against their hashes, kept under one folder. */
package dev.outcrop.models.files;
