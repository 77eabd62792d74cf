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

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.Serializable;
import java.time.Duration;
import org.apache.paimon.fs.ResolvingFileIO;

/**
 * The files of a catalog in whatever file systems they are. What is sent with a table is how they were opened: in another
 * process all tables of equal catalogs share one of these for a while, and the file systems that it has opened.
 */
final class CatalogFileIO extends ResolvingFileIO {

    private static final long serialVersionUID = 1L;
    private static final Duration KEPT_UNUSED = Duration.ofMinutes(10);
    private static final int MOST_KEPT = 64;

    private static final Cache<SentContext, CatalogFileIO> RECEIVED = Caffeine.newBuilder()
            .expireAfterAccess(KEPT_UNUSED)
            .maximumSize(MOST_KEPT)
            .executor(Runnable::run)
            .build();

    private final transient SentContext sent;

    CatalogFileIO(SentContext sent) {
        this.sent = requireNonNull(sent, "sent is null");
        configure(sent.toContext());
    }

    private Object writeReplace() {
        return new Sent(sent);
    }

    private record Sent(SentContext context) implements Serializable {

        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            return RECEIVED.get(context, CatalogFileIO::new);
        }
    }
}
