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
package dev.trestle.trino;

import static io.trino.spi.StandardErrorCode.GENERIC_INTERNAL_ERROR;
import static io.trino.spi.StandardErrorCode.NOT_FOUND;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;

import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaNotFoundException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;

/** Turns what the catalog below throws into the exceptions that Trino expects. */
public final class TrinoErrors {

    private TrinoErrors() {}

    /** A call into the catalog below. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws Exception;
    }

    /**
     * Runs a call and translates what it throws.
     *
     * @param doing what is tried on which object, to follow "Could not", for example {@code create table db.t}
     */
    public static <T> T call(String doing, Call<T> call) {
        try {
            return call.run();
        } catch (Exception e) {
            throw translate(doing, e);
        }
    }

    /** A call that answers nothing. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** Like {@link #call}, for a call that answers nothing. */
    public static void run(String doing, Action action) {
        call(doing, () -> {
            action.run();
            return null;
        });
    }

    /** The exception that Trino is to see for what was thrown. */
    public static TrinoException translate(String doing, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Optional<TrinoException> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return new TrinoException(GENERIC_INTERNAL_ERROR, "Could not " + doing + ": " + message(thrown), thrown);
    }

    private static Optional<TrinoException> known(Throwable cause) {
        if (cause instanceof TrinoException e) {
            return Optional.of(e);
        }
        if (cause instanceof Catalog.DatabaseNotExistException e) {
            return Optional.of(new SchemaNotFoundException(e.database(), e));
        }
        if (cause instanceof Catalog.TableNotExistException e) {
            return Optional.of(new TableNotFoundException(name(e.identifier()), e));
        }
        if (cause instanceof Catalog.ViewNotExistException e) {
            return Optional.of(new TrinoException(NOT_FOUND, message(e), e));
        }
        if (cause instanceof UnsupportedOperationException e) {
            return Optional.of(new TrinoException(NOT_SUPPORTED, message(e), e));
        }
        return Optional.empty();
    }

    private static SchemaTableName name(Identifier identifier) {
        return new SchemaTableName(identifier.getDatabaseName(), identifier.getObjectName());
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }
}
