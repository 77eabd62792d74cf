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
package dev.trestle.spark;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.paimon.catalog.Catalog;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.NoSuchViewException;
import org.apache.spark.sql.catalyst.analysis.NonEmptyNamespaceException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.ViewAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.Identifier;

/**
 * Turns what the catalog below throws into the exceptions that Spark expects. Every call of the facade passes through
 * here, so that nothing of Paimon's or of the HTTP client's reaches Spark untranslated.
 */
final class SparkErrors {

    private final String catalogName;

    /** A call that answers nothing. */
    interface Action {
        void run() throws Exception;
    }

    SparkErrors(String catalogName) {
        this.catalogName = catalogName;
    }

    /**
     * Runs a call and translates what it throws. Some of Spark's exceptions are checked: the methods of the facade declare
     * them, which this signature cannot, since each declares others.
     *
     * @param doing what is tried on which object, to follow "Could not", for example {@code create table db.t}
     */
    <T> T call(String doing, Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw SparkErrors.<RuntimeException>sneaky(translate(doing, e));
        }
    }

    /** Like {@link #call}, for a call that answers nothing. */
    void run(String doing, Action action) {
        call(doing, () -> {
            action.run();
            return null;
        });
    }

    /** The exception that Spark is to see for what was thrown. */
    Exception translate(String doing, Exception thrown) {
        if (isForSpark(thrown)) {
            return thrown;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Optional<Exception> known = known(cause);
            if (known.isPresent()) {
                // As a cause it cannot be added: Spark's exceptions are made without one for good.
                known.get().addSuppressed(thrown);
                return known.get();
            }
        }
        return new CatalogException(
                "Could not " + doing + " in catalog " + catalogName + ": " + message(thrown), thrown);
    }

    private static boolean isForSpark(Exception thrown) {
        return thrown.getClass().getName().startsWith("org.apache.spark.")
                || thrown instanceof CatalogException
                || thrown instanceof UnsupportedOperationException;
    }

    private Optional<Exception> known(Throwable cause) {
        if (cause instanceof Catalog.DatabaseNotExistException e) {
            return Optional.of(new NoSuchNamespaceException(new String[] {catalogName, e.database()}));
        }
        if (cause instanceof Catalog.DatabaseAlreadyExistException e) {
            return Optional.of(new NamespaceAlreadyExistsException(new String[] {e.database()}));
        }
        if (cause instanceof Catalog.DatabaseNotEmptyException e) {
            return Optional.of(new NonEmptyNamespaceException(new String[] {e.database()}));
        }
        if (cause instanceof Catalog.TableNotExistException e) {
            return Optional.of(new NoSuchTableException(identifier(e.identifier())));
        }
        if (cause instanceof Catalog.TableAlreadyExistException e) {
            return Optional.of(new TableAlreadyExistsException(identifier(e.identifier())));
        }
        if (cause instanceof Catalog.ViewNotExistException e) {
            return Optional.of(new NoSuchViewException(identifier(e.identifier())));
        }
        if (cause instanceof Catalog.ViewAlreadyExistException e) {
            return Optional.of(new ViewAlreadyExistsException(identifier(e.identifier())));
        }
        if (cause instanceof Catalog.FunctionNotExistException e) {
            return Optional.of(new NoSuchFunctionException(identifier(e.identifier())));
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
        return Optional.empty();
    }

    private static Identifier identifier(org.apache.paimon.catalog.Identifier identifier) {
        return Identifier.of(new String[] {identifier.getDatabaseName()}, identifier.getObjectName());
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
