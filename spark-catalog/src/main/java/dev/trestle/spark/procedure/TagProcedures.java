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
package dev.trestle.spark.procedure;

import static dev.trestle.spark.procedure.TableProcedure.optional;
import static dev.trestle.spark.procedure.TableProcedure.required;

import dev.trestle.catalog.procedure.CalledTable;
import dev.trestle.catalog.procedure.ServiceResource;
import dev.trestle.catalog.procedure.TableTags;
import dev.trestle.spark.procedure.TableProcedure.Definition;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Procedures for tags. */
final class TagProcedures {

    /** What procedures answer that have nothing to tell. */
    static final StructType RESULT =
            new StructType(new StructField[] {TableProcedure.column("result", DataTypes.BooleanType)});

    private TagProcedures() {}

    static List<Definition> all() {
        return List.of(
                new Definition(
                        "create_tag",
                        "Names a snapshot",
                        List.of(
                                required("tag", DataTypes.StringType, "the name"),
                                optional("snapshot", DataTypes.LongType, "the snapshot to name; by default the latest"),
                                optional(
                                        "time_retained",
                                        DataTypes.StringType,
                                        "after which the tag may be deleted by itself, such as 7 d")),
                        RESULT,
                        Optional.of(ServiceResource.TAGS),
                        TagProcedures::create),
                new Definition(
                        "delete_tag",
                        "Deletes tags, and files that only they keep",
                        List.of(required("tag", DataTypes.StringType, "the tag, or several with commas between them")),
                        RESULT,
                        Optional.of(ServiceResource.TAGS),
                        TagProcedures::delete));
    }

    private static Object[] create(CalledTable table, Arguments arguments) throws Exception {
        new TableTags(table)
                .create(
                        arguments.text("tag"),
                        arguments.optionalNumber("snapshot"),
                        arguments.optionalText("time_retained"));
        return new Object[] {true};
    }

    private static Object[] delete(CalledTable table, Arguments arguments) throws Exception {
        TableTags tags = new TableTags(table);
        for (String tag : arguments.text("tag").split(",", -1)) {
            tags.delete(tag.trim());
        }
        return new Object[] {true};
    }
}
