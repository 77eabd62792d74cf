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

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.factories.CatalogFactory;

/**
 * Makes {@code CREATE CATALOG … WITH ('type'='trestle', …)} work. Options are validated where they are read: those of
 * the adapter by {@link FlinkOptions}, all others by the core.
 */
public final class TrestleCatalogFactory implements CatalogFactory {

    /** The value of {@code type}. */
    public static final String IDENTIFIER = "trestle";

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    /** None, since Flink's own check would name missing options only, without saying how to write them. */
    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    /** Makes the catalog; nothing is sent to the server before Flink opens it. */
    @Override
    public Catalog createCatalog(Context context) {
        FlinkOptions options = FlinkOptions.parse(context.getOptions());
        return new TrestleCatalog(context.getName(), options, () -> CoreCatalogs.open(options.core()));
    }
}
