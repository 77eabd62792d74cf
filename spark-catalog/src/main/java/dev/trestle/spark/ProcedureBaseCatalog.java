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
package dev.trestle.spark;

import dev.trestle.spark.procedure.Procedures;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.ProcedureCatalog;
import org.apache.spark.sql.connector.catalog.procedures.UnboundProcedure;

/** The catalog in releases of Spark from 4.0, which have procedures: {@code CALL lake.sys.…}. */
public abstract class ProcedureBaseCatalog extends BaseCatalog implements ProcedureCatalog {

    /** Called by Spark, by reflection. */
    protected ProcedureBaseCatalog() {}

    private Procedures procedures() {
        return new Procedures(name(), core(), errors()::call);
    }

    @Override
    public final UnboundProcedure loadProcedure(Identifier name) {
        return procedures().load(name);
    }

    @Override
    public final Identifier[] listProcedures(String[] namespace) {
        return procedures().list(namespace);
    }
}
