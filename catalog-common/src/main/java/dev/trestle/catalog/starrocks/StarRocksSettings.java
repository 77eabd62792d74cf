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
package dev.trestle.catalog.starrocks;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where in a service of the standard the catalog is, and how the service wants to be talked to.
 *
 * @param baseUri the service's address
 * @param apiVersion the version in the path, {@code v} and a number
 * @param catalog the catalog's name; the full path, catalog included, is always sent
 * @param createAction whether what is made is posted to {@code …/create}, rather than to the collection
 * @param taskDeadline how long the service may take over a change that it answers with 202
 */
public record StarRocksSettings(
        URI baseUri, String apiVersion, String catalog, boolean createAction, Duration taskDeadline) {

    private static final Pattern VERSION = Pattern.compile("v[0-9]{1,9}");

    public StarRocksSettings {
        requireNonNull(baseUri, "baseUri is null");
        requireNonNull(catalog, "catalog is null");
        requireNonNull(taskDeadline, "taskDeadline is null");
        if (!isVersion(apiVersion)) {
            throw new IllegalArgumentException("A version is 'v' and a number, such as 'v2', and not " + apiVersion);
        }
    }

    /** Whether a text can be the version in a path. */
    public static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    List<String> catalogs() {
        return List.of("api", apiVersion, "catalogs");
    }

    List<String> databases() {
        return below(catalogs(), catalog, "databases");
    }

    /** Where a new member of a collection is posted to. */
    List<String> create(List<String> collection) {
        return createAction ? below(collection, "create") : collection;
    }

    static List<String> below(List<String> path, String... segments) {
        List<String> all = new ArrayList<>(path);
        all.addAll(List.of(segments));
        return all;
    }
}
