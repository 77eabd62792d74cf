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
package dev.trestle.catalog.http;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.FileStamp;
import dev.trestle.catalog.http.HttpSettings.KeyStoreFile;
import dev.trestle.catalog.http.TlsStores.Tls;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS stores as their files are now: certificates are renewed while a client lives. Each use asks the file system for the
 * files' times, and reads them again when one has changed. What cannot be read then, perhaps because it is just being written,
 * is tried again at the next use; meanwhile what was read before counts. Safe for use by many threads.
 */
final class RenewedTls {

    private static final Logger LOG = LoggerFactory.getLogger(RenewedTls.class);

    private final HttpSettings settings;
    private final List<KeyStoreFile> stores;

    private volatile Reading last;

    /** What the last warning was about, so that there is one for each change. */
    private List<Optional<FileStamp>> warnedOf = List.of();

    private record Reading(List<Optional<FileStamp>> stamps, Optional<Tls> tls) {}

    /**
     * Reads the stores.
     *
     * @throws IllegalArgumentException if one cannot be used; the message names the option and the file
     */
    RenewedTls(HttpSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
        this.stores = Stream.of(settings.trustStore(), settings.keyStore())
                .flatMap(Optional::stream)
                .toList();
        this.last = read(stamps());
    }

    /** What the stores hold now: the same one as before while no file has changed. Empty where there are no stores. */
    Optional<Tls> now() {
        Reading known = last;
        if (stores.isEmpty() || known.stamps.equals(stamps())) {
            return known.tls;
        }
        return renewed();
    }

    private synchronized Optional<Tls> renewed() {
        List<Optional<FileStamp>> stamps = stamps();
        if (!last.stamps.equals(stamps)) {
            try {
                last = read(stamps);
            } catch (IllegalArgumentException | AuthenticationException e) {
                if (!warnedOf.equals(stamps)) {
                    warnedOf = stamps;
                    LOG.warn(
                            "The TLS stores have changed; what was read of them before is used on: {}", e.getMessage());
                }
            }
        }
        return last.tls;
    }

    private Reading read(List<Optional<FileStamp>> stamps) {
        return new Reading(stamps, TlsStores.load(settings));
    }

    private List<Optional<FileStamp>> stamps() {
        return stores.stream().map(RenewedTls::stamp).toList();
    }

    private static Optional<FileStamp> stamp(KeyStoreFile store) {
        try {
            return Optional.of(FileStamp.of(store.path()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
