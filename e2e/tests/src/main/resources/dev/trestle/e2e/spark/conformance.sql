-- What a release of Spark must do with the catalog `lake`. A feature ends where the next one begins;
-- the lines after a statement that begin with an arrow are the rows that it must answer.

-- feature: Databases: create, describe, alter, drop
CREATE NAMESPACE lake.d COMMENT 'about d';
CREATE NAMESPACE lake.e WITH PROPERTIES ('k' = 'v');
ALTER NAMESPACE lake.e SET PROPERTIES ('k' = 'w');
CREATE TABLE lake.e.t (id INT);
DROP NAMESPACE lake.e CASCADE;
SHOW NAMESPACES IN lake LIKE 'd|e';
--> d

-- feature: Tables: create, alter, rename, show, drop
CREATE TABLE lake.d.a (id INT NOT NULL COMMENT 'key', s STRUCT<x: INT>) COMMENT 'about a'
TBLPROPERTIES ('primary-key' = 'id', 'bucket' = '1');
INSERT INTO lake.d.a VALUES (1, struct(1));
ALTER TABLE lake.d.a ADD COLUMNS (name STRING AFTER id, s.y STRING COMMENT 'nested');
ALTER TABLE lake.d.a ALTER COLUMN s.x TYPE BIGINT;
ALTER TABLE lake.d.a RENAME COLUMN name TO title;
ALTER TABLE lake.d.a SET TBLPROPERTIES ('snapshot.num-retained.max' = '30');
ALTER TABLE lake.d.a RENAME TO d.b;
SHOW TABLES IN lake.d;
--> d|b|false
SHOW TBLPROPERTIES lake.d.b ('snapshot.num-retained.max');
--> snapshot.num-retained.max|30
SELECT id, title, CAST(s.x AS STRING), s.y FROM lake.d.b;
--> 1|null|1|null
DROP TABLE lake.d.b;

-- feature: SHOW COLUMNS
CREATE TABLE lake.d.shown (id INT, name STRING);
SHOW COLUMNS IN lake.d.shown;
--> id
--> name

-- feature: The types that all releases have
CREATE TABLE lake.d.types (b BOOLEAN, i8 TINYINT, i16 SMALLINT, i32 INT, i64 BIGINT, f FLOAT, g DOUBLE, m DECIMAL(20, 2),
  c CHAR(3), v VARCHAR(5), s STRING, bin BINARY, dt DATE, ts TIMESTAMP, tn TIMESTAMP_NTZ,
  xs ARRAY<INT>, kv MAP<STRING, INT>, st STRUCT<x: INT, y: STRING>);
INSERT INTO lake.d.types SELECT true, CAST(1 AS TINYINT), CAST(2 AS SMALLINT), 3, CAST(4 AS BIGINT), CAST(1.5 AS FLOAT),
  CAST(2.25 AS DOUBLE), CAST(123456789012345.67 AS DECIMAL(20, 2)), 'abc', 'de', 'text', CAST('bin' AS BINARY),
  DATE '2024-02-29', TIMESTAMP '2024-02-29 12:34:56.123456', TIMESTAMP_NTZ '2024-02-29 12:34:56.654321',
  array(1, 2), map('k', 7), named_struct('x', 1, 'y', 'z');
SELECT b, i8, i16, i32, i64, f, g, CAST(m AS STRING), c, v, s, CAST(bin AS STRING), CAST(dt AS STRING), CAST(ts AS STRING),
  CAST(tn AS STRING), to_json(xs), to_json(kv), to_json(st) FROM lake.d.types;
--> true|1|2|3|4|1.5|2.25|123456789012345.67|abc|de|text|bin|2024-02-29|2024-02-29 12:34:56.123456|2024-02-29 12:34:56.654321|[1,2]|{"k":7}|{"x":1,"y":"z"}
SELECT count(*) FROM lake.d.types WHERE tn > TIMESTAMP_NTZ '2024-02-29 00:00:00' AND m > 1 AND s LIKE 'te%';
--> 1

-- feature: VARIANT
CREATE TABLE lake.d.variants (id INT, v VARIANT);
INSERT INTO lake.d.variants SELECT 1, parse_json('{"a": [1, "x"]}');
SELECT id, to_json(v), variant_get(v, '$.a[1]', 'string') FROM lake.d.variants;
--> 1|{"a":[1,"x"]}|x

-- feature: TIME
CREATE TABLE lake.d.times (id INT, at TIME(3));
INSERT INTO lake.d.times VALUES (1, TIME '12:34:56.789');
SELECT id, CAST(at AS STRING) FROM lake.d.times WHERE at > CAST('12:00:00' AS TIME(3));
--> 1|12:34:56.789

-- feature: DEFAULT of a column, by the word DEFAULT in an INSERT
CREATE TABLE lake.d.defaults (id INT, name STRING DEFAULT 'none');
INSERT INTO lake.d.defaults VALUES (1, DEFAULT);
ALTER TABLE lake.d.defaults ALTER COLUMN name SET DEFAULT 'some';
INSERT INTO lake.d.defaults VALUES (2, DEFAULT);
SELECT * FROM lake.d.defaults ORDER BY id;
--> 1|none
--> 2|some

-- feature: DEFAULT of a column that an INSERT leaves out
CREATE TABLE lake.d.omitted (id INT, name STRING DEFAULT 'none');
INSERT INTO lake.d.omitted (id) VALUES (1);
SELECT * FROM lake.d.omitted;
--> 1|none

-- feature: INSERT and INSERT OVERWRITE, partitions
CREATE TABLE lake.d.parts (id INT, dt STRING) PARTITIONED BY (dt);
INSERT INTO lake.d.parts VALUES (1, 'x'), (2, 'y'), (3, 'z');
INSERT OVERWRITE lake.d.parts PARTITION (dt = 'x') VALUES (4);
SELECT * FROM lake.d.parts ORDER BY id;
--> 2|y
--> 3|z
--> 4|x
SHOW PARTITIONS lake.d.parts PARTITION (dt = 'y');
--> dt=y
ALTER TABLE lake.d.parts DROP PARTITION (dt = 'y');
SELECT count(*), min(id), max(id) FROM lake.d.parts;
--> 2|3|4
TRUNCATE TABLE lake.d.parts;
SELECT count(*) FROM lake.d.parts;
--> 0

-- feature: CREATE TABLE AS, REPLACE TABLE AS
CREATE TABLE lake.d.copied AS SELECT id, concat('n', id) AS name FROM range(0, 100);
REPLACE TABLE lake.d.copied TBLPROPERTIES ('primary-key' = 'id', 'bucket' = '2') AS SELECT id FROM range(0, 10);
SELECT count(*), sum(id) FROM lake.d.copied;
--> 10|45

-- feature: DELETE, UPDATE and MERGE by a primary key
CREATE TABLE lake.d.keyed (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key' = 'id', 'bucket' = '2');
INSERT INTO lake.d.keyed VALUES (1, 'a'), (2, 'b'), (3, 'c');
UPDATE lake.d.keyed SET v = 'A' WHERE id = 1;
DELETE FROM lake.d.keyed WHERE v = 'c';
MERGE INTO lake.d.keyed t USING (SELECT * FROM VALUES (2, 'B'), (4, 'D') AS s(id, v)) s ON t.id = s.id
WHEN MATCHED THEN UPDATE SET t.v = s.v WHEN NOT MATCHED THEN INSERT *;
SELECT * FROM lake.d.keyed ORDER BY id;
--> 1|A
--> 2|B
--> 4|D

-- feature: DELETE, UPDATE and MERGE by writing files anew
CREATE TABLE lake.d.appended (id INT, v STRING);
INSERT INTO lake.d.appended VALUES (1, 'a'), (2, 'b'), (3, 'c');
UPDATE lake.d.appended SET v = 'A' WHERE id = 1;
DELETE FROM lake.d.appended WHERE v = 'c';
MERGE INTO lake.d.appended t USING (SELECT * FROM VALUES (2, 'B'), (4, 'D') AS s(id, v)) s ON t.id = s.id
WHEN MATCHED THEN UPDATE SET t.v = s.v WHEN NOT MATCHED THEN INSERT *;
SELECT * FROM lake.d.appended ORDER BY id;
--> 1|A
--> 2|B
--> 4|D

-- feature: DELETE, UPDATE and MERGE by deletion vectors
CREATE TABLE lake.d.vectors (id INT, v STRING) TBLPROPERTIES ('deletion-vectors.enabled' = 'true');
INSERT INTO lake.d.vectors VALUES (1, 'a'), (2, 'b'), (3, 'c');
UPDATE lake.d.vectors SET v = 'A' WHERE id = 1;
DELETE FROM lake.d.vectors WHERE v = 'c';
MERGE INTO lake.d.vectors t USING (SELECT * FROM VALUES (2, 'B'), (4, 'D') AS s(id, v)) s ON t.id = s.id
WHEN MATCHED THEN UPDATE SET t.v = s.v WHEN NOT MATCHED THEN INSERT *;
SELECT * FROM lake.d.vectors ORDER BY id;
--> 1|A
--> 2|B
--> 4|D

-- feature: Time travel and system tables
CREATE TABLE lake.d.travelled (id INT);
INSERT INTO lake.d.travelled VALUES (1);
INSERT INTO lake.d.travelled VALUES (2);
SELECT * FROM lake.d.travelled VERSION AS OF 1;
--> 1
SELECT snapshot_id, commit_kind FROM lake.d.`travelled$snapshots` ORDER BY snapshot_id;
--> 1|APPEND
--> 2|APPEND
SELECT count(DISTINCT __paimon_file_path), min(__paimon_bucket) FROM lake.d.travelled;
--> 2|0

-- feature: Options of a read in SQL: WITH (…)
CREATE TABLE lake.d.optioned (id INT);
INSERT INTO lake.d.optioned VALUES (1);
INSERT INTO lake.d.optioned VALUES (2);
SELECT * FROM lake.d.optioned WITH (`incremental-between` = '1,2');
--> 2

-- feature: Procedures
CREATE TABLE lake.d.called (id INT);
INSERT INTO lake.d.called VALUES (1);
INSERT INTO lake.d.called VALUES (2);
CALL lake.sys.create_tag(table => 'd.called', tag => 'first', snapshot => 1);
SELECT * FROM lake.d.called VERSION AS OF 'first';
--> 1
CALL lake.sys.rollback(table => 'd.called', version => 'first');
SELECT * FROM lake.d.called;
--> 1
CALL lake.sys.analyze(table => 'd.called', columns => '*');
SELECT snapshot_id, mergedRecordCount FROM lake.d.`called$statistics`;
--> 1|1

-- feature: Views
CREATE TABLE lake.d.viewed (id INT);
INSERT INTO lake.d.viewed VALUES (1), (2);
CREATE VIEW lake.d.chosen AS SELECT id FROM lake.d.viewed WHERE id = 2;
SELECT * FROM lake.d.chosen;
--> 2
SHOW VIEWS IN lake.d;
--> d|chosen|false
DROP VIEW lake.d.chosen;

-- feature: In the place of Spark's own catalog
CREATE DATABASE spark_catalog.placed;
CREATE TABLE spark_catalog.placed.ours (id INT) USING trestle;
INSERT INTO spark_catalog.placed.ours VALUES (1);
CREATE TABLE spark_catalog.placed.theirs USING parquet AS SELECT id + 1 AS id FROM spark_catalog.placed.ours;
SELECT ours.id, theirs.id FROM spark_catalog.placed.ours JOIN spark_catalog.placed.theirs ON ours.id < theirs.id;
--> 1|2
UPDATE spark_catalog.placed.ours SET id = 3;
SELECT id FROM spark_catalog.placed.ours VERSION AS OF 1;
--> 1
SELECT snapshot_id FROM spark_catalog.placed.`ours$snapshots` ORDER BY snapshot_id;
--> 1
--> 2
CALL spark_catalog.sys.create_tag(table => 'placed.ours', tag => 'a');
DROP DATABASE spark_catalog.placed CASCADE;
