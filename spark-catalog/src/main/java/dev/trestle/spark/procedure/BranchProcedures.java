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

import dev.trestle.catalog.procedure.ServiceResource;
import dev.trestle.catalog.procedure.TableBranches;
import dev.trestle.spark.procedure.TableProcedure.Definition;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;

/** Procedures for branches. */
final class BranchProcedures {

    private BranchProcedures() {}

    static List<Definition> all() {
        return List.of(
                new Definition(
                        "create_branch",
                        "Makes a branch",
                        List.of(
                                required("branch", DataTypes.StringType, "the name"),
                                optional(
                                        "tag",
                                        DataTypes.StringType,
                                        "the tag whose state the branch begins with; by default it begins empty")),
                        TagProcedures.RESULT,
                        Optional.of(ServiceResource.BRANCHES),
                        (table, arguments) -> {
                            new TableBranches(table).create(arguments.text("branch"), arguments.optionalText("tag"));
                            return new Object[] {true};
                        }),
                new Definition(
                        "delete_branch",
                        "Drops a branch, with what was committed to it",
                        List.of(required("branch", DataTypes.StringType, "the branch")),
                        TagProcedures.RESULT,
                        Optional.of(ServiceResource.BRANCHES),
                        (table, arguments) -> {
                            new TableBranches(table).drop(arguments.text("branch"));
                            return new Object[] {true};
                        }),
                new Definition(
                        "fast_forward",
                        "Makes a branch's state the table's own; what was committed to the table since is lost",
                        List.of(required("branch", DataTypes.StringType, "the branch")),
                        TagProcedures.RESULT,
                        Optional.of(ServiceResource.BRANCHES),
                        (table, arguments) -> {
                            new TableBranches(table).fastForward(arguments.text("branch"));
                            return new Object[] {true};
                        }));
    }
}
