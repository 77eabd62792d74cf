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
package dev.trestle.catalog.starrocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.MalformedAnswerException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.TableDetails;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Requests and answers, word for word, where the dialect has examples of them. */
class StarRocksRequestsTest {

    private static final Identifier T1 = Identifier.create("db1", "t1");
    private static final String OK = "{\"code\":\"0\",\"message\":\"OK\",\"result\":{\"uri\":\"/x\"}}";

    private final ScriptedService service = new ScriptedService();

    private static String page(int number, int pages, String items) {
        return "{\"code\":\"0\",\"message\":\"OK\",\"result\":{\"pageNum\":" + number + ",\"pageSize\":100,\"pages\":"
                + pages + ",\"total\":3,\"items\":[" + items + "]}}";
    }

    @Test
    void createsATableIfItIsAbsent() {
        service.answers(201, OK);
        Schema schema = Schema.newBuilder()
                .column("id", DataTypes.BIGINT().notNull())
                .column("amt", DataTypes.DECIMAL(10, 2), "net")
                .primaryKey("id")
                .option("bucket", "4")
                .comment("")
                .build();

        service.api().tables().createIfAbsent(T1, schema);

        assertThat(service.asked()).containsExactly("PUT api/v2/catalogs/lake/databases/db1/tables/create");
        assertThat(service.body())
                .isEqualTo(
                        "{\"name\":\"t1\",\"comment\":\"\",\"columns\":[{\"name\":\"id\",\"type\":{\"name\":\"BIGINT\"},"
                                + "\"isAllowNull\":false},{\"name\":\"amt\",\"type\":{\"name\":\"DECIMAL\",\"precision\":10,\"scale\":2},"
                                + "\"isAllowNull\":true,\"comment\":\"net\"}],\"primaryKeys\":[\"id\"],\"partitionKeys\":[],"
                                + "\"properties\":{\"bucket\":\"4\"}}");
    }

    @Test
    void postsToTheCollectionWhereTheServiceHasNoCreateAction() {
        service.answers(201, OK);

        service.api(false).databases().create("db1", Map.of());

        assertThat(service.asked()).containsExactly("POST api/v2/catalogs/lake/databases");
    }

    @Test
    void patchesOnlyWhatChanges() {
        service.answers(200, OK);

        service.api()
                .tables()
                .alter(
                        T1,
                        List.of(
                                SchemaChange.updateComment("new"),
                                SchemaChange.setOption("bucket", "8"),
                                SchemaChange.removeOption("old"),
                                SchemaChange.addColumn(
                                        "x", DataTypes.INT(), null, SchemaChange.Move.after("x", "id"))));

        assertThat(service.asked()).containsExactly("PATCH api/v2/catalogs/lake/databases/db1/tables/t1");
        assertThat(service.body())
                .isEqualTo(
                        "{\"comment\":\"new\",\"properties\":{\"bucket\":\"8\",\"old\":null},\"columnChanges\":[{\"op\":\"add\","
                                + "\"column\":{\"name\":\"x\",\"type\":{\"name\":\"INT\"},\"isAllowNull\":true},\"after\":\"id\"}]}");
    }

    @Test
    void renamesIntoAnotherDatabase() {
        service.answers(200, OK);

        service.api().tables().rename(T1, Identifier.create("db2", "t2"));

        assertThat(service.asked()).containsExactly("POST api/v2/catalogs/lake/databases/db1/tables/t1/rename");
        assertThat(service.body()).isEqualTo("{\"newName\":\"t2\",\"newDatabase\":\"db2\"}");
    }

    @Test
    void looksBeforeItDropsSinceTheServiceWouldNotSay() {
        service.answers(200, OK).answers(200, OK);

        service.api().databases().drop("db1");

        assertThat(service.asked())
                .containsExactly(
                        "GET api/v2/catalogs/lake/databases/db1",
                        "DELETE api/v2/catalogs/lake/databases/db1 {force=true}");
    }

    @Test
    void pagesFromZeroToTheLast() {
        service.answers(200, page(0, 2, "{\"name\":\"a\"},\"b\"")).answers(200, page(1, 2, "{\"name\":\"c\"}"));

        List<String> names = Page.all(page -> service.api().databases().list(page, Optional.empty()));

        assertThat(names).containsExactly("a", "b", "c");
        assertThat(service.asked())
                .containsExactly(
                        "GET api/v2/catalogs/lake/databases {page_num=0, page_size=100}",
                        "GET api/v2/catalogs/lake/databases {page_num=1, page_size=100}");
    }

    @Test
    void filtersHereAndGoesOnWhereAPageOfItsOwnEnded() {
        String all = "{\"name\":\"a1\"},{\"name\":\"b\"},{\"name\":\"a2\"},{\"name\":\"a3\"}";
        service.answers(200, page(0, 1, all)).answers(200, page(0, 1, all));

        Page<String> first =
                service.api().databases().list(new PageRequest(OptionalInt.of(2), Optional.empty()), Optional.of("a%"));
        Page<String> second = service.api()
                .databases()
                .list(new PageRequest(OptionalInt.of(2), first.nextToken()), Optional.of("a%"));

        assertThat(first.items()).containsExactly("a1", "a2");
        assertThat(second).isEqualTo(new Page<>(List.of("a3"), Optional.empty()));
    }

    @Test
    void refusesAPageThatItDidNotAskFor() {
        service.answers(200, page(0, 2, "\"a\"")).answers(200, page(0, 2, "\"a\""));

        assertThatThrownBy(() -> Page.all(page -> service.api().databases().list(page, Optional.empty())))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("page 0 where page 1");
    }

    @Test
    void saysWhichCatalogsThereAre() {
        service.answers(404, "{\"code\":\"404\",\"message\":\"Unknown catalog 'lake'\"}")
                .answers(200, page(0, 1, "{\"name\":\"sea\"},{\"name\":\"pond\"}"));

        assertThatThrownBy(() -> service.api().catalogs().requireCatalog())
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("no catalog 'lake'")
                .hasMessageContaining("sea, pond");
    }

    @Test
    void readsTheColumnsOfAFrontEndInBothForms() {
        service.answers(
                200,
                page(
                        0,
                        1,
                        "{\"name\":\"c1\",\"type\":{\"name\":\"DOUBLE\",\"typeSize\":8,\"columnSize\":15,\"precision\":0,"
                                + "\"scale\":0},\"isKey\":true,\"isAllowNull\":false,\"isAutoIncrement\":false,"
                                + "\"defaultValueType\":\"NULL\",\"comment\":\"cc1\",\"uniqueId\":1},"
                                + "{\"name\":\"c2\",\"primitiveType\":\"DECIMAL64\",\"columnSize\":12,\"precision\":12,\"scale\":3},"
                                + "{\"name\":\"c3\",\"primitiveType\":\"VARCHAR\",\"columnSize\":20,\"isAllowNull\":true,\"comment\":\"\"},"
                                + "{\"name\":\"c4\",\"primitiveType\":\"DATETIME\"}"));

        assertThat(service.api().columns().list(T1))
                .containsExactly(
                        new DataField(1, "c1", DataTypes.DOUBLE().notNull(), "cc1"),
                        new DataField(1, "c2", DataTypes.DECIMAL(12, 3)),
                        new DataField(2, "c3", DataTypes.VARCHAR(20)),
                        new DataField(3, "c4", DataTypes.TIMESTAMP(6)));
    }

    @Test
    void asksForColumnsWhereTheTableDoesNotSayThem() {
        service.answers(
                        200,
                        "{\"code\":\"0\",\"message\":\"OK\",\"result\":{\"id\":7,\"name\":\"t1\",\"location\":\"/wh/t1\"}}")
                .answers(200, page(0, 1, "{\"name\":\"c\",\"type\":{\"name\":\"INT\"}}"));

        assertThat(service.api().tables().get(T1).schema().fields())
                .containsExactly(new DataField(0, "c", DataTypes.INT()));
    }

    @Test
    void refusesATableOfAnotherKindByItsName() {
        service.answers(
                200,
                "{\"code\":\"0\",\"message\":\"OK\",\"result\":{\"id\":11000,\"name\":\"t1\",\"tableType\":\"OLAP\"}}");

        assertThatThrownBy(() -> service.api().tables().get(T1))
                .isInstanceOf(UnsupportedByServiceException.class)
                .hasMessageContaining("'db1.t1'")
                .hasMessageContaining("OLAP");
    }

    @Test
    void listsTablesOfWhichItCannotReadOne() {
        service.answers(200, page(0, 1, "{\"name\":\"t1\"}"))
                .answers(
                        200,
                        "{\"code\":\"0\",\"message\":\"OK\",\"result\":{\"name\":\"t1\",\"location\":\"/t1\",\"columns\":"
                                + "[{\"name\":\"h\",\"type\":{\"name\":\"HLL\"}}]}}");

        assertThat(service.api()
                        .tables()
                        .details("db1", PageRequest.first(), Optional.empty(), Optional.empty())
                        .items())
                .singleElement()
                .isInstanceOfSatisfying(TableDetails.Unreadable.class, table -> assertThat(table.reason())
                        .contains("HLL"));
    }

    @Test
    void findsATaskBelowTheServicesAddress() {
        URI mounted = URI.create("https://gw.example.com/sr");
        List<String> path = List.of("api", "v2", "tasks", "a b");

        assertThat(ServiceUri.segments(mounted, "/sr/api/v2/tasks/a%20b")).contains(path);
        assertThat(ServiceUri.segments(mounted, "/api/v2/tasks/a%20b")).contains(path);
        assertThat(ServiceUri.segments(mounted, "https://GW.example.com:443/sr/api/v2/tasks/a%20b"))
                .contains(path);
        assertThat(ServiceUri.segments(mounted, "api/v2/tasks/a%20b")).contains(path);
    }
}
