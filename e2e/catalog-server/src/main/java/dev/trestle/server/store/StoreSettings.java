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
package dev.trestle.server.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which database holds the catalog.
 *
 * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql:…}
 * @param user for PostgreSQL, unless the URL names it
 * @param password for PostgreSQL, unless the URL holds it
 */
public record StoreSettings(String url, Optional<String> user, Optional<String> password) {

    static final String SQLITE = "jdbc:sqlite:";
    static final String POSTGRESQL = "jdbc:postgresql:";

    public StoreSettings {
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        if (!url.startsWith(SQLITE) && !url.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException(
                    "The database URL must begin with " + SQLITE + " or " + POSTGRESQL + ", but is: " + display(url));
        }
        if (url.equals(SQLITE) || url.startsWith(SQLITE + ":memory:")) {
            throw new IllegalArgumentException(
                    "The catalog is kept in a file: write jdbc:sqlite:/path/to/catalog.db, not " + url);
        }
    }

    /** A SQLite file, made if it does not exist. */
    public static StoreSettings sqlite(Path file) {
        return new StoreSettings(SQLITE + file.toAbsolutePath(), Optional.empty(), Optional.empty());
    }

    boolean isSqlite() {
        return url.startsWith(SQLITE);
    }

    Path sqliteFile() {
        return Path.of(url.substring(SQLITE.length()).replaceFirst("\\?.*$", "").replaceFirst("^file:", ""));
    }

    /** The URL without its parameters and user information, which may hold a password. */
    String displayUrl() {
        return display(url);
    }

    private static String display(String url) {
        return url.replaceFirst("\\?.*$", "").replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public String toString() {
        return "StoreSettings[" + displayUrl() + "]";
    }
}
