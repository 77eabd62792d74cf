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

import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.NoSuchResourceException;
import java.util.function.Supplier;
import org.apache.paimon.catalog.Catalog.DatabaseNoPermissionException;
import org.apache.paimon.catalog.Catalog.DatabaseNotExistException;
import org.apache.paimon.catalog.Catalog.TableNoPermissionException;
import org.apache.paimon.catalog.Catalog.TableNotExistException;
import org.apache.paimon.catalog.Identifier;

/** Turns what a service says of a database or table into the exceptions of Paimon's {@code Catalog}. */
final class Failures {

    private Failures() {}

    /** Carries out something on a database. */
    static <T> T onDatabase(String name, Supplier<T> action) throws DatabaseNotExistException {
        try {
            return action.get();
        } catch (NoSuchResourceException e) {
            throw new DatabaseNotExistException(name, e);
        } catch (ForbiddenException e) {
            throw new DatabaseNoPermissionException(name, e);
        }
    }

    /** Carries out something on a table. */
    static <T> T onTable(Identifier identifier, Supplier<T> action) throws TableNotExistException {
        try {
            return action.get();
        } catch (NoSuchResourceException e) {
            throw new TableNotExistException(identifier, e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        }
    }
}
