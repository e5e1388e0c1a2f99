"""The tables of objects, which the world makes with its own.

A body is content: one piece, or one for each part of a multipart upload. Content never changes, and copies of an object
share it; it goes with the last that has it, however that one goes (a bucket takes its objects with it). The seal is
for the secrets of `rehearsal.world.secret_keys`.
"""

TABLES = """
CREATE TABLE IF NOT EXISTS object (
  number INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  name TEXT NOT NULL, version TEXT NOT NULL, content INTEGER, size INTEGER NOT NULL, md5 TEXT NOT NULL,
  parts INTEGER NOT NULL, etag TEXT NOT NULL, details TEXT NOT NULL, created TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS object_by_name ON object (bucket, name, number);
CREATE INDEX IF NOT EXISTS object_by_content ON object (content);
CREATE TABLE IF NOT EXISTS upload (
  id TEXT PRIMARY KEY, bucket TEXT NOT NULL REFERENCES resource (id) ON DELETE CASCADE, name TEXT NOT NULL,
  details TEXT NOT NULL, created TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS upload_by_bucket ON upload (bucket, name);
CREATE TABLE IF NOT EXISTS part (
  upload TEXT NOT NULL REFERENCES upload (id) ON DELETE CASCADE, number INTEGER NOT NULL, content INTEGER NOT NULL,
  size INTEGER NOT NULL, md5 TEXT NOT NULL, created TEXT NOT NULL, PRIMARY KEY (upload, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS piece (
  content INTEGER NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (content, number));
CREATE TRIGGER IF NOT EXISTS object_gone AFTER DELETE ON object BEGIN
  DELETE FROM piece WHERE content = OLD.content AND NOT EXISTS (SELECT 1 FROM object WHERE content = OLD.content);
END;
CREATE TRIGGER IF NOT EXISTS part_gone AFTER DELETE ON part BEGIN
  DELETE FROM piece WHERE content = OLD.content;
END;
CREATE TABLE IF NOT EXISTS seal (bytes BLOB NOT NULL);
INSERT INTO seal SELECT randomblob(32) WHERE NOT EXISTS (SELECT 1 FROM seal);
CREATE TABLE IF NOT EXISTS copy (
  id TEXT PRIMARY KEY, tenancy TEXT NOT NULL, region TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
"""
