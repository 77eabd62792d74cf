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
package dev.trestle.flink;

import dev.trestle.catalog.EngineInfo;
import dev.trestle.catalog.RestCatalog;
import java.util.Map;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.util.MdcUtils;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.flink.FlinkFileIOLoader;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/** The one place that knows which catalog is below. */
final class CoreCatalogs {

    private CoreCatalogs() {}

    /** Opens the catalog; files that Paimon has no means for are reached through Flink's file systems. */
    static Catalog open(Map<String, String> options) {
        return RestCatalog.open(
                CatalogContext.create(Options.fromMap(options), new FlinkFileIOLoader()),
                new EngineInfo("flink", EnvironmentInformation.getVersion(), MdcUtils.JOB_ID));
    }

    /** Whether a table that was loaded is not asked for again for a moment. */
    static boolean remembersTables(Catalog catalog) {
        return catalog instanceof RestCatalog rest && rest.remembersTables();
    }

    /** See {@link RestCatalog#readLatestWhereItRuns}. */
    static void readLatestWhereItRuns(FileStoreTable table) {
        RestCatalog.readLatestWhereItRuns(table);
    }

    /** Refuses what is to be written to a table that can only be read, before anything is done for it. */
    static void requireWritable(Table table) {
        RestCatalog.requireWritable(table);
    }
}
