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
package dev.trestle.catalog.storage;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.FileIOLoader;
import org.apache.paimon.options.Options;

/**
 * What a catalog or its files were opened with, as it travels to the processes of a job: with each table, several times in one
 * job. Paimon's own context would take all of Hadoop's defaults along. Equal ones open the same.
 *
 * <p>Its serialized form holds the options, and with them each secret that is written in them.
 */
public final class SentContext implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Map<String, String> options;
    private final HadoopSettings hadoop;

    /** Null where the engine has none, as in Paimon's context. */
    private final FileIOLoader preferIO;

    private final FileIOLoader fallbackIO;

    private SentContext(CatalogContext context) {
        this.options = Map.copyOf(context.options().toMap());
        this.hadoop = HadoopSettings.of(context.hadoopConf());
        this.preferIO = context.preferIO();
        this.fallbackIO = context.fallbackIO();
    }

    /** The same, ready to be sent. */
    public static SentContext of(CatalogContext context) {
        return new SentContext(requireNonNull(context, "context is null"));
    }

    /** The catalog's options. */
    public Map<String, String> options() {
        return options;
    }

    /** The engine's own means of reaching files, where it prefers them. */
    public Optional<FileIOLoader> preferIO() {
        return Optional.ofNullable(preferIO);
    }

    /** The context again, with Hadoop's defaults as they are in this process. */
    public CatalogContext toContext() {
        return CatalogContext.create(Options.fromMap(options), hadoop.toConfiguration(), preferIO, fallbackIO);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SentContext that
                && options.equals(that.options)
                && hadoop.equals(that.hadoop)
                && LoaderIdentity.of(preferIO()).equals(LoaderIdentity.of(that.preferIO()))
                && LoaderIdentity.of(Optional.ofNullable(fallbackIO))
                        .equals(LoaderIdentity.of(Optional.ofNullable(that.fallbackIO)));
    }

    @Override
    public int hashCode() {
        return options.hashCode();
    }

    /** The names alone: among the values are secrets. */
    @Override
    public String toString() {
        return "SentContext" + options.keySet();
    }
}
