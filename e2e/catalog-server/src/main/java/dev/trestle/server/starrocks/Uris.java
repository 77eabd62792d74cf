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
package dev.trestle.server.starrocks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where things are, as answers say it.
 *
 * @param root the path of the catalog
 */
record Uris(String root) {

    String database(String database) {
        return root + "/databases/" + encoded(database);
    }

    String table(String database, String table) {
        return database(database) + "/tables/" + encoded(table);
    }

    String task(String id) {
        return root + "/tasks/" + encoded(id);
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
