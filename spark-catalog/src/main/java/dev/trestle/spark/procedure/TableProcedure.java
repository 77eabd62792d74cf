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

import dev.trestle.catalog.procedure.CalledTable;
import dev.trestle.catalog.procedure.ServiceResource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.procedures.BoundProcedure;
import org.apache.spark.sql.connector.catalog.procedures.ProcedureParameter;
import org.apache.spark.sql.connector.catalog.procedures.UnboundProcedure;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A procedure that does something with a table, which is its first argument. */
final class TableProcedure implements UnboundProcedure, BoundProcedure {

    static final String TABLE = "table";

    private static final String NOT_GIVEN = "NULL";

    private final Definition definition;
    private final CalledTables tables;

    /** What a procedure does with its table; answers the values of its row. */
    interface Action {
        Object[] run(CalledTable table, Arguments arguments) throws Exception;
    }

    /**
     * A procedure, without the catalog that it works in.
     *
     * @param parameters those beside the table
     * @param result the columns of the row that it answers
     * @param needs what the service must keep for it
     */
    record Definition(
            String name,
            String description,
            List<ProcedureParameter> parameters,
            StructType result,
            Optional<ServiceResource> needs,
            Action action) {}

    TableProcedure(Definition definition, CalledTables tables) {
        this.definition = definition;
        this.tables = tables;
    }

    static ProcedureParameter required(String name, DataType type, String comment) {
        return ProcedureParameter.in(name, type).comment(comment).build();
    }

    static ProcedureParameter optional(String name, DataType type, String comment) {
        return ProcedureParameter.in(name, type)
                .comment(comment)
                .defaultValue(NOT_GIVEN)
                .build();
    }

    /** One column of the row that a procedure answers. */
    static StructField column(String name, DataType type) {
        return DataTypes.createStructField(name, type, false);
    }

    @Override
    public String name() {
        return definition.name();
    }

    @Override
    public String description() {
        return definition.description();
    }

    @Override
    public ProcedureParameter[] parameters() {
        return Stream.concat(
                        Stream.of(required(TABLE, DataTypes.StringType, "the table, such as db.t")),
                        definition.parameters().stream())
                .toArray(ProcedureParameter[]::new);
    }

    @Override
    public boolean isDeterministic() {
        return false;
    }

    /** @throws NoSuchProcedureException if an argument is given for a parameter that there is not, naming those that are */
    @Override
    public BoundProcedure bind(StructType given) {
        for (StructField argument : given.fields()) {
            boolean named = argument.metadata().contains(ProcedureParameter.BY_NAME_METADATA_KEY);
            if (named
                    && Arrays.stream(parameters())
                            .noneMatch(parameter -> parameter.name().equalsIgnoreCase(argument.name()))) {
                throw NoSuchProcedureException.parameter("Procedure " + Procedures.NAMESPACE + "." + name()
                        + " has no parameter '" + argument.name() + "'. It has: " + signature());
            }
        }
        return this;
    }

    private String signature() {
        return Arrays.stream(parameters())
                .map(parameter -> parameter.name() + " " + parameter.dataType().sql()
                        + (parameter.defaultValue() == null ? "" : " (optional)"))
                .collect(Collectors.joining(", "));
    }

    @Override
    public Iterator<Scan> call(InternalRow input) {
        Arguments arguments = new Arguments(parameters(), input);
        Object[] row = tables.call("run procedure " + name(), definition.needs(), arguments, table -> definition
                .action()
                .run(table, arguments));
        return List.<Scan>of(new ResultRow(definition.result(), row)).iterator();
    }
}
