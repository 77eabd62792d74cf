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
package dev.trestle.server.catalog;

import java.nio.charset.StandardCharsets;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;

/** Which names objects may have: any, but for those that mean something else already. */
final class Names {

    private static final int MAXIMUM_LENGTH = 1000;

    /** Leaves room for what Paimon puts around it. */
    private static final int MAXIMUM_FILE_LENGTH = 200;

    private Names() {}

    static void checkDatabase(String name) {
        checkText("database", name);
        if (name.equals(Catalog.SYSTEM_DATABASE_NAME)) {
            throw CatalogException.invalid("The database name " + name + " is reserved for system tables.");
        }
    }

    static void checkTable(String name) {
        checkText("table", name);
        if (name.contains(Identifier.SYSTEM_TABLE_SPLITTER)) {
            throw CatalogException.invalid(
                    "A table's or view's name cannot contain '" + Identifier.SYSTEM_TABLE_SPLITTER
                            + "', which begins the name of a system table or branch: " + name);
        }
    }

    static void checkFunction(String name) {
        checkText("function", name);
    }

    /** A name that becomes part of a file's name. */
    static void checkFile(String kind, String name) {
        checkText(kind, name);
        if (!isFile(name)) {
            throw CatalogException.invalid(
                    "The name of a " + kind + " cannot contain '/', '\\', or control characters, "
                            + "nor have more than " + MAXIMUM_FILE_LENGTH + " bytes: " + name);
        }
    }

    /** Whether there can be a tag, branch or consumer of that name. */
    static boolean isFile(String name) {
        return !name.isBlank()
                && name.getBytes(StandardCharsets.UTF_8).length <= MAXIMUM_FILE_LENGTH
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }

    private static void checkText(String kind, String name) {
        if (name == null || name.isBlank()) {
            throw CatalogException.invalid("The name of a " + kind + " is missing.");
        }
        if (name.length() > MAXIMUM_LENGTH) {
            throw CatalogException.invalid(
                    "The name of a " + kind + " can have " + MAXIMUM_LENGTH + " characters, not " + name.length());
        }
    }
}
