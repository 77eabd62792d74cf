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

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What Paimon's schema classes throw, told apart: a file that cannot be read or written is the server's trouble,
 * anything else is a schema that they refuse.
 */
final class SchemaErrors {

    private SchemaErrors() {}

    static RuntimeException explain(String what, Exception cause) {
        if (cause instanceof CatalogException refused) {
            return refused;
        }
        Throwable root = cause;
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof IOException || t instanceof UncheckedIOException) {
                return new IllegalStateException(what, cause);
            }
            root = t;
        }
        return CatalogException.invalid(what + ": " + (root.getMessage() == null ? root : root.getMessage()));
    }
}
