package dev.trestle.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;

class VariantTest extends CatalogFixture {

    @Test
    void aVariantIsWrittenAndReadBack() throws Exception {
        session.run("CREATE TABLE t (id INT, v VARIANT)");
        session.run("INSERT INTO t SELECT id, PARSE_JSON(j) FROM (VALUES (1, '{\"a\": 7, \"b\": [1, \"x\", null]}'),"
                + " (2, '\"text\"'), (3, CAST(NULL AS STRING))) AS s (id, j)");

        assertThat(stored("t").rowType().getField("v").type()).isEqualTo(DataTypes.VARIANT());
        assertThat(rows("SELECT id, JSON_STRING(v) FROM t ORDER BY id"))
                .containsExactly("[1, {\"a\":7,\"b\":[1,\"x\",null]}]", "[2, \"text\"]", "[3, null]");
        assertThat(rows("SELECT JSON_STRING(v['a']), JSON_STRING(v['b'][2]) FROM t WHERE id = 1"))
                .containsExactly("[7, \"x\"]");
        assertThat(session.sql("SHOW COLUMNS FROM t").get(1).getField(1)).isEqualTo("VARIANT");
    }

    @Test
    void aVariantIsUpdatedByItsKey() {
        session.run("CREATE TABLE t (id INT NOT NULL, v VARIANT, PRIMARY KEY (id) NOT ENFORCED) WITH ('bucket'='1')")
                .run("INSERT INTO t SELECT 1, PARSE_JSON('{\"a\": 1}')")
                .run("INSERT INTO t SELECT 1, PARSE_JSON('{\"a\": 2}')");
        assertThat(rows("SELECT id, JSON_STRING(v) FROM t")).containsExactly("[1, {\"a\":2}]");
    }

    @Test
    void aVariantInARowAndAnArrayIsReadBack() {
        session.run("CREATE TABLE t (r ROW<v VARIANT>, a ARRAY<VARIANT>)")
                .run("INSERT INTO t SELECT ROW(PARSE_JSON('1')), ARRAY[PARSE_JSON('2'), PARSE_JSON('true')]");
        assertThat(rows("SELECT JSON_STRING(r.v), JSON_STRING(a[2]) FROM t")).containsExactly("[1, true]");
    }
}
