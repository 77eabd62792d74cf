/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package dev.trestle.e2e.tpch;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/** The tables of TPC-H that the queries here read. Types are named alike in Flink and DuckDB. */
public enum TpchTable {
    REGION("r_regionkey", """
            r_regionkey BIGINT, r_name STRING, r_comment STRING"""),
    NATION("n_nationkey", """
            n_nationkey BIGINT, n_name STRING, n_regionkey BIGINT, n_comment STRING"""),
    SUPPLIER(
            "s_suppkey",
            """
            s_suppkey BIGINT, s_name STRING, s_address STRING, s_nationkey BIGINT, s_phone STRING,
            s_acctbal DECIMAL(15, 2), s_comment STRING"""),
    CUSTOMER(
            "c_custkey",
            """
            c_custkey BIGINT, c_name STRING, c_address STRING, c_nationkey BIGINT, c_phone STRING,
            c_acctbal DECIMAL(15, 2), c_mktsegment STRING, c_comment STRING"""),
    ORDERS(
            "o_orderkey",
            """
            o_orderkey BIGINT, o_custkey BIGINT, o_orderstatus STRING, o_totalprice DECIMAL(15, 2), o_orderdate DATE,
            o_orderpriority STRING, o_clerk STRING, o_shippriority INT, o_comment STRING"""),
    LINEITEM(
            null,
            """
            l_orderkey BIGINT, l_partkey BIGINT, l_suppkey BIGINT, l_linenumber INT, l_quantity DECIMAL(15, 2),
            l_extendedprice DECIMAL(15, 2), l_discount DECIMAL(15, 2), l_tax DECIMAL(15, 2), l_returnflag STRING,
            l_linestatus STRING, l_shipdate DATE, l_commitdate DATE, l_receiptdate DATE, l_shipinstruct STRING,
            l_shipmode STRING, l_comment STRING""");

    private final Optional<String> primaryKey;
    private final String columns;

    TpchTable(String primaryKey, String columns) {
        this.primaryKey = Optional.ofNullable(primaryKey);
        this.columns = requireNonNull(columns, "columns is null");
    }

    /** The name in SQL, such as {@code lineitem}. */
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The column of the primary key; empty for the table that rows are only appended to. */
    public Optional<String> primaryKey() {
        return primaryKey;
    }

    /** Names and types of the columns, as in CREATE TABLE. */
    public String columns() {
        return columns;
    }
}
