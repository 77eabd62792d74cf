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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FlinkErrorsTest {

    private static final Identifier TABLE = Identifier.create("d", "t");

    private final FlinkErrors errors = new FlinkErrors("c");

    static Stream<Arguments> known() {
        return Stream.of(
                Arguments.of(new Catalog.DatabaseNotExistException("d"), DatabaseNotExistException.class),
                Arguments.of(new Catalog.DatabaseAlreadyExistException("d"), DatabaseAlreadyExistException.class),
                Arguments.of(new Catalog.DatabaseNotEmptyException("d"), DatabaseNotEmptyException.class),
                Arguments.of(new Catalog.TableNotExistException(TABLE), TableNotExistException.class),
                Arguments.of(new Catalog.TableAlreadyExistException(TABLE), TableAlreadyExistException.class),
                Arguments.of(new Catalog.ColumnNotExistException(TABLE, "x"), ValidationException.class),
                Arguments.of(new Catalog.TableNoPermissionException(TABLE, null), CatalogException.class));
    }

    @ParameterizedTest
    @MethodSource("known")
    void paimonsExceptionsBecomeFlinksHoweverDeepTheyAre(Exception paimon, Class<?> flink) {
        assertThat(errors.translate("do", paimon)).isInstanceOf(flink).hasMessageContaining("d");
        assertThat(errors.translate("do", new IllegalStateException(new RuntimeException(paimon))))
                .isInstanceOf(flink);
    }

    @Test
    void anythingElseNamesWhatWasTriedAndWhere() {
        assertThatThrownBy(() -> errors.run("create table d.t", () -> {
                    throw new IllegalStateException("the service is down");
                }))
                .isInstanceOf(CatalogException.class)
                .hasMessage("Could not create table d.t in catalog c: the service is down");
        assertThat(errors.translate("open", new NullPointerException())).hasMessageContaining("NullPointerException");
    }

    @Test
    void whatFlinkTreatsByItsTypeIsLeftAlone() {
        UnsupportedOperationException unsupported = new UnsupportedOperationException("not here");
        assertThat(errors.translate("do", unsupported)).isSameAs(unsupported);
        DatabaseNotExistException missing = new DatabaseNotExistException("c", "d");
        assertThat(errors.translate("do", missing)).isSameAs(missing);
    }

    @Test
    void aCatalogThatIsNotOpenSaysSo() {
        TrestleCatalog catalog = new TrestleCatalog("c", FlinkOptions.parse(Map.of()), () -> null);
        assertThatThrownBy(catalog::listDatabases)
                .isInstanceOf(CatalogException.class)
                .hasMessage("Catalog c is not open.");
        catalog.close();
    }
}
