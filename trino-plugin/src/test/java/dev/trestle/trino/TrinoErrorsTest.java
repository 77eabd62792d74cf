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

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.EndpointMissingException;
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.MalformedAnswerException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.NotAuthenticatedException;
import dev.trestle.catalog.api.OutcomeUnknownException;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.ServiceUnavailableException;
import dev.trestle.catalog.auth.AuthenticationException;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.StandardErrorCode;
import io.trino.spi.TrinoException;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TrinoErrorsTest {

    private static final Identifier OBJECT = Identifier.create("db", "o");

    static Stream<Arguments> kinds() {
        return Stream.of(
                arguments(new Catalog.DatabaseNotExistException("db"), StandardErrorCode.NOT_FOUND),
                arguments(new Catalog.DatabaseAlreadyExistException("db"), StandardErrorCode.SCHEMA_ALREADY_EXISTS),
                arguments(new Catalog.DatabaseNotEmptyException("db"), StandardErrorCode.SCHEMA_NOT_EMPTY),
                arguments(new Catalog.DatabaseNoPermissionException("db"), StandardErrorCode.PERMISSION_DENIED),
                arguments(new Catalog.TableNotExistException(OBJECT), StandardErrorCode.NOT_FOUND),
                arguments(new Catalog.TableAlreadyExistException(OBJECT), StandardErrorCode.TABLE_ALREADY_EXISTS),
                arguments(new Catalog.TableNoPermissionException(OBJECT), StandardErrorCode.PERMISSION_DENIED),
                arguments(new Catalog.ColumnNotExistException(OBJECT, "c"), StandardErrorCode.COLUMN_NOT_FOUND),
                arguments(
                        new Catalog.ColumnAlreadyExistException(OBJECT, "c"), StandardErrorCode.COLUMN_ALREADY_EXISTS),
                arguments(new Catalog.ViewNotExistException(OBJECT), StandardErrorCode.NOT_FOUND),
                arguments(new Catalog.ViewAlreadyExistException(OBJECT), StandardErrorCode.TABLE_ALREADY_EXISTS),
                arguments(new Catalog.DialectNotExistException(OBJECT, "trino"), StandardErrorCode.NOT_FOUND),
                arguments(new Catalog.DialectAlreadyExistException(OBJECT, "trino"), StandardErrorCode.ALREADY_EXISTS),
                arguments(new Catalog.FunctionNotExistException(OBJECT), StandardErrorCode.FUNCTION_NOT_FOUND),
                arguments(new Catalog.FunctionAlreadyExistException(OBJECT), StandardErrorCode.ALREADY_EXISTS),
                arguments(new Catalog.BranchNotExistException(OBJECT, "b"), StandardErrorCode.BRANCH_NOT_FOUND),
                arguments(
                        new Catalog.BranchAlreadyExistException(OBJECT, "b"), StandardErrorCode.BRANCH_ALREADY_EXISTS),
                arguments(new Catalog.TagNotExistException(OBJECT, "t"), StandardErrorCode.NOT_FOUND),
                arguments(new Catalog.TagAlreadyExistException(OBJECT, "t"), StandardErrorCode.ALREADY_EXISTS),
                arguments(new ForbiddenException("no"), StandardErrorCode.PERMISSION_DENIED),
                arguments(new NotAuthenticatedException("who"), TrestleErrorCode.NOT_AUTHENTICATED),
                arguments(new AuthenticationException("no token", null), TrestleErrorCode.NOT_AUTHENTICATED),
                arguments(new BadRequestException("bad"), StandardErrorCode.INVALID_ARGUMENTS),
                arguments(new IllegalArgumentException("bad"), StandardErrorCode.INVALID_ARGUMENTS),
                arguments(new NoSuchResourceException("gone", ResourceType.SNAPSHOT, "1"), StandardErrorCode.NOT_FOUND),
                arguments(new AlreadyExistsException("there", ResourceType.TAG, "t"), StandardErrorCode.ALREADY_EXISTS),
                arguments(
                        new OutcomeUnknownException("look", new IllegalStateException()),
                        TrestleErrorCode.OUTCOME_UNKNOWN),
                arguments(new ServiceUnavailableException("later"), TrestleErrorCode.SERVICE_UNAVAILABLE),
                arguments(new MalformedAnswerException("what"), TrestleErrorCode.SERVICE_ERROR),
                arguments(new EndpointMissingException("none"), TrestleErrorCode.SERVICE_ERROR),
                arguments(new UnsupportedOperationException("cannot"), StandardErrorCode.NOT_SUPPORTED),
                arguments(new IllegalStateException("odd"), StandardErrorCode.GENERIC_INTERNAL_ERROR));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachKindHasItsCodeAlsoWhereItIsWrapped(Exception thrown, ErrorCodeSupplier code) {
        assertThat(TrinoErrors.translate("try it", thrown).getErrorCode()).isEqualTo(code.toErrorCode());
        assertThat(TrinoErrors.translate("try it", new RuntimeException("Paimon's", thrown))
                        .getErrorCode())
                .isEqualTo(code.toErrorCode());
    }

    @Test
    void theMessageSaysWhatWasTriedAndWhatTheServiceSaid() {
        assertThat(TrinoErrors.translate("create table db.t", new ForbiddenException("User u may not. Request 7.")))
                .hasMessage("Could not create table db.t: User u may not. Request 7.");
    }

    @Test
    void whatIsForTrinoAlreadyIsKept() {
        TrinoException own = new TrinoException(StandardErrorCode.AMBIGUOUS_NAME, "two");

        assertThat(TrinoErrors.translate("try it", new RuntimeException(own))).isSameAs(own);
    }
}
