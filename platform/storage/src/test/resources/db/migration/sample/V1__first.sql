CREATE TABLE sample (id INTEGER NOT NULL PRIMARY KEY, data ${bytes});
