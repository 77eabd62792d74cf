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
package dev.trestle.flink;

import java.util.Optional;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.FunctionAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.FunctionNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionAlreadyExistsException;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionSpecInvalidException;
import org.apache.flink.table.catalog.exceptions.ProcedureNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;

/**
 * Turns what the catalog below throws into the exceptions that Flink expects. Every call of {@link TrestleCatalog}
 * passes through here, so that nothing of Paimon's or of the HTTP client's reaches Flink untranslated.
 */
final class FlinkErrors {

    private final String catalogName;

    /** A call into the catalog below. */
    interface Call<T> {
        T run() throws Exception;
    }

    /** A call that answers nothing. */
    interface Action {
        void run() throws Exception;
    }

    FlinkErrors(String catalogName) {
        this.catalogName = catalogName;
    }

    /**
     * Runs a call and translates what it throws. The exceptions are Flink's, and most are checked: the methods of the
     * facade declare them, which this signature cannot, since each declares others.
     *
     * @param doing what is tried on which object, to follow "Could not", for example {@code create table db.t}
     */
    <T> T call(String doing, Call<T> call) {
        try {
            return call.run();
        } catch (Exception e) {
            throw FlinkErrors.<RuntimeException>sneaky(translate(doing, e));
        }
    }

    /** Like {@link #call}, for a call that answers nothing. */
    void run(String doing, Action action) {
        call(doing, () -> {
            action.run();
            return null;
        });
    }

    /** The exception that Flink is to see for what was thrown. */
    Exception translate(String doing, Exception thrown) {
        if (isForFlink(thrown)) {
            return thrown;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Optional<Exception> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return new CatalogException(
                "Could not " + doing + " in catalog " + catalogName + ": " + message(thrown), thrown);
    }

    private static boolean isForFlink(Exception thrown) {
        return thrown instanceof CatalogException
                || thrown instanceof ValidationException
                || thrown instanceof TableException
                || thrown instanceof UnsupportedOperationException
                || thrown instanceof DatabaseNotExistException
                || thrown instanceof DatabaseAlreadyExistException
                || thrown instanceof DatabaseNotEmptyException
                || thrown instanceof TableNotExistException
                || thrown instanceof TableAlreadyExistException
                || thrown instanceof TableNotPartitionedException
                || thrown instanceof PartitionNotExistException
                || thrown instanceof PartitionAlreadyExistsException
                || thrown instanceof PartitionSpecInvalidException
                || thrown instanceof FunctionNotExistException
                || thrown instanceof FunctionAlreadyExistException
                || thrown instanceof ProcedureNotExistException;
    }

    private Optional<Exception> known(Throwable cause) {
        if (cause instanceof Catalog.DatabaseNotExistException e) {
            return Optional.of(new DatabaseNotExistException(catalogName, e.database(), e));
        }
        if (cause instanceof Catalog.DatabaseAlreadyExistException e) {
            return Optional.of(new DatabaseAlreadyExistException(catalogName, e.database(), e));
        }
        if (cause instanceof Catalog.DatabaseNotEmptyException e) {
            return Optional.of(new DatabaseNotEmptyException(catalogName, e.database(), e));
        }
        if (cause instanceof Catalog.TableNotExistException e) {
            return Optional.of(new TableNotExistException(catalogName, path(e.identifier()), e));
        }
        if (cause instanceof Catalog.TableAlreadyExistException e) {
            return Optional.of(new TableAlreadyExistException(catalogName, path(e.identifier()), e));
        }
        if (cause instanceof Catalog.ViewNotExistException e) {
            return Optional.of(new TableNotExistException(catalogName, path(e.identifier()), e));
        }
        if (cause instanceof Catalog.ViewAlreadyExistException e) {
            return Optional.of(new TableAlreadyExistException(catalogName, path(e.identifier()), e));
        }
        if (cause instanceof Catalog.FunctionNotExistException e) {
            return Optional.of(new FunctionNotExistException(catalogName, path(e.identifier()), e));
        }
        if (cause instanceof Catalog.FunctionAlreadyExistException e) {
            return Optional.of(new FunctionAlreadyExistException(catalogName, path(e.identifier()), e));
        }
        if (cause instanceof Catalog.DatabaseNoPermissionException e) {
            return Optional.of(new CatalogException(
                    "No permission on database " + e.database() + " of catalog " + catalogName + ": " + message(e), e));
        }
        if (cause instanceof Catalog.TableNoPermissionException e) {
            return Optional.of(new CatalogException(
                    "No permission on table " + e.identifier().getFullName() + " of catalog " + catalogName + ": "
                            + message(e),
                    e));
        }
        if (cause instanceof Catalog.ColumnNotExistException || cause instanceof Catalog.ColumnAlreadyExistException) {
            return Optional.of(new ValidationException(message(cause), cause));
        }
        return Optional.empty();
    }

    private static ObjectPath path(Identifier identifier) {
        return new ObjectPath(identifier.getDatabaseName(), identifier.getObjectName());
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }

    @SuppressWarnings("unchecked") // A checked exception leaves through a signature that does not name it.
    private static <E extends Exception> E sneaky(Exception exception) throws E {
        throw (E) exception;
    }
}
