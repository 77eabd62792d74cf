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
package dev.trestle.spark.data;

import java.util.List;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.Transform;

/** Columns in expressions of Spark, which parses their names: what is no plain identifier must stand in backquotes. */
public final class ColumnReferences {

    private ColumnReferences() {}

    /** A name as a part of one in Spark, whatever it is made of. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** A column of a table by its name. */
    public static NamedReference column(String name) {
        return Expressions.column(quoted(name));
    }

    /** The values of a column. */
    public static Transform identity(String name) {
        return Expressions.identity(quoted(name));
    }

    /** The bucket, of so many, by the values of columns. */
    public static Transform bucket(int buckets, List<String> names) {
        return Expressions.bucket(
                buckets, names.stream().map(ColumnReferences::quoted).toArray(String[]::new));
    }
}
