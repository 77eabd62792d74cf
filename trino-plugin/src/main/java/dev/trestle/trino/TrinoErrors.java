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

import static dev.trestle.trino.TrestleErrorCode.FILE_GONE;
import static dev.trestle.trino.TrestleErrorCode.NOT_AUTHENTICATED;
import static dev.trestle.trino.TrestleErrorCode.OUTCOME_UNKNOWN;
import static dev.trestle.trino.TrestleErrorCode.SERVICE_ERROR;
import static dev.trestle.trino.TrestleErrorCode.SERVICE_UNAVAILABLE;
import static io.trino.spi.StandardErrorCode.ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.BRANCH_ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.BRANCH_NOT_FOUND;
import static io.trino.spi.StandardErrorCode.COLUMN_ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.COLUMN_NOT_FOUND;
import static io.trino.spi.StandardErrorCode.FUNCTION_NOT_FOUND;
import static io.trino.spi.StandardErrorCode.GENERIC_INTERNAL_ERROR;
import static io.trino.spi.StandardErrorCode.INVALID_ARGUMENTS;
import static io.trino.spi.StandardErrorCode.NOT_FOUND;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.StandardErrorCode.PERMISSION_DENIED;
import static io.trino.spi.StandardErrorCode.SCHEMA_ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.SCHEMA_NOT_EMPTY;
import static io.trino.spi.StandardErrorCode.TABLE_ALREADY_EXISTS;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.NotAuthenticatedException;
import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.OutcomeUnknownException;
import dev.trestle.catalog.api.ServiceException;
import dev.trestle.catalog.api.ServiceUnavailableException;
import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.http.TransportException;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaNotFoundException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.connector.ViewNotFoundException;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;

/** Turns what the catalog below throws into the exceptions that Trino expects. */
public final class TrinoErrors {

    /** The first that fits counts, so that a subclass stands before its superclass. */
    private static final List<Rule> RULES = List.of(
            new Rule(Catalog.DatabaseAlreadyExistException.class, SCHEMA_ALREADY_EXISTS),
            new Rule(Catalog.DatabaseNotEmptyException.class, SCHEMA_NOT_EMPTY),
            new Rule(Catalog.TableAlreadyExistException.class, TABLE_ALREADY_EXISTS),
            new Rule(Catalog.TableIdNotExistException.class, NOT_FOUND),
            new Rule(Catalog.ColumnAlreadyExistException.class, COLUMN_ALREADY_EXISTS),
            new Rule(Catalog.ColumnNotExistException.class, COLUMN_NOT_FOUND),
            new Rule(Catalog.ViewAlreadyExistException.class, TABLE_ALREADY_EXISTS),
            new Rule(Catalog.DialectAlreadyExistException.class, ALREADY_EXISTS),
            new Rule(Catalog.DialectNotExistException.class, NOT_FOUND),
            new Rule(Catalog.FunctionAlreadyExistException.class, ALREADY_EXISTS),
            new Rule(Catalog.FunctionNotExistException.class, FUNCTION_NOT_FOUND),
            new Rule(Catalog.DefinitionAlreadyExistException.class, ALREADY_EXISTS),
            new Rule(Catalog.DefinitionNotExistException.class, NOT_FOUND),
            new Rule(Catalog.BranchAlreadyExistException.class, BRANCH_ALREADY_EXISTS),
            new Rule(Catalog.BranchNotExistException.class, BRANCH_NOT_FOUND),
            new Rule(Catalog.TagAlreadyExistException.class, ALREADY_EXISTS),
            new Rule(Catalog.TagNotExistException.class, NOT_FOUND),
            new Rule(Catalog.DatabaseNoPermissionException.class, PERMISSION_DENIED),
            new Rule(Catalog.TableNoPermissionException.class, PERMISSION_DENIED),
            new Rule(Catalog.TableIdNoPermissionException.class, PERMISSION_DENIED),
            new Rule(ForbiddenException.class, PERMISSION_DENIED),
            new Rule(NotAuthenticatedException.class, NOT_AUTHENTICATED),
            new Rule(AuthenticationException.class, NOT_AUTHENTICATED),
            new Rule(OutcomeUnknownException.class, OUTCOME_UNKNOWN),
            new Rule(OutcomeUncertainException.class, OUTCOME_UNKNOWN),
            new Rule(BadRequestException.class, INVALID_ARGUMENTS),
            new Rule(NoSuchResourceException.class, NOT_FOUND),
            new Rule(AlreadyExistsException.class, ALREADY_EXISTS),
            new Rule(ServiceUnavailableException.class, SERVICE_UNAVAILABLE),
            new Rule(TransportException.class, SERVICE_UNAVAILABLE),
            new Rule(ServiceException.class, SERVICE_ERROR),
            new Rule(UnsupportedOperationException.class, NOT_SUPPORTED),
            new Rule(IllegalArgumentException.class, INVALID_ARGUMENTS));

    /** Which code stands for a kind of failure. */
    private record Rule(Class<? extends Throwable> kind, ErrorCodeSupplier code) {}

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

    /** The exception that Trino is to see for what was thrown; Paimon wraps, so the causes are looked at too. */
    public static TrinoException translate(String doing, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Optional<TrinoException> known = known(doing, cause);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return failed(GENERIC_INTERNAL_ERROR, doing, thrown);
    }

    private static Optional<TrinoException> known(String doing, Throwable cause) {
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
            return Optional.of(new ViewNotFoundException(name(e.identifier()), e));
        }
        if (cause instanceof FileNotFoundException) {
            return Optional.of(new TrinoException(
                    FILE_GONE,
                    "Could not " + doing
                            + ": a file is gone, since the table was dropped or replaced, or a snapshot has"
                            + " expired, meanwhile. Run the statement again. " + message(cause),
                    cause));
        }
        return RULES.stream()
                .filter(rule -> rule.kind().isInstance(cause))
                .findFirst()
                .map(rule -> failed(rule.code(), doing, cause));
    }

    private static TrinoException failed(ErrorCodeSupplier code, String doing, Throwable cause) {
        return new TrinoException(code, "Could not " + doing + ": " + message(cause), cause);
    }

    private static SchemaTableName name(Identifier identifier) {
        return new SchemaTableName(identifier.getDatabaseName(), identifier.getObjectName());
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank()
                ? thrown.getClass().getSimpleName()
                : PropertyNames.asWritten(message);
    }
}
