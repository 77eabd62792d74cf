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
package dev.trestle.catalog;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.storage.SentContext;
import java.io.IOException;
import java.io.ObjectInputStream;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogLoader;

/**
 * Opens a catalog again, in this process or in another one of the same job. Sends nothing: the options that it carries are
 * already merged with the service's.
 *
 * <p>Its serialized form holds the options, and with them each secret that the user wrote inline; a reference such as
 * <code>${file:…}</code> stays a reference.
 */
final class RestCatalogLoader implements CatalogLoader {

    private static final long serialVersionUID = 2L;

    private final SentContext context;
    private final EngineInfo engine;
    private final TableSession session;
    private transient volatile SharedClient client;

    /**
     * Where a user's own provider is found in this process: a thread that loads later may be a pool's, and of another job. Null
     * where whoever made this had no more than the library's own; then the thread that loads may know.
     */
    private transient ClassLoader jars;

    /** For a process that has no client yet. */
    RestCatalogLoader(SentContext context, EngineInfo engine, TableSession session) {
        this.context = requireNonNull(context, "context is null");
        this.engine = requireNonNull(engine, "engine is null");
        this.session = requireNonNull(session, "session is null");
        this.jars = usersJars();
    }

    /** In this process, a view of the client itself. */
    RestCatalogLoader(SharedClient client, TableSession session) {
        this(client.sent(), client.engine(), session);
        this.client = client;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        jars = usersJars();
    }

    private static ClassLoader usersJars() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == RestCatalogLoader.class.getClassLoader() ? null : context;
    }

    /** See {@link RestCatalog#readLatestWhereItRuns}. */
    void readLatestWhereItRuns() {
        session.stayHere();
    }

    @Override
    public Catalog load() {
        return new RestCatalog(client(), session);
    }

    /** The client of this process, found once. */
    SharedClient client() {
        SharedClient found = client;
        if (found == null) {
            found = find();
            client = found;
        }
        return found;
    }

    private SharedClient find() {
        if (jars == null) {
            return RestCatalogs.client(context, engine);
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(jars);
        try {
            return RestCatalogs.client(context, engine);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
