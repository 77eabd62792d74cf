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
package dev.trestle.server.paimon;

import dev.trestle.server.catalog.CatalogException;
import dev.trestle.server.catalog.CatalogService;
import dev.trestle.server.catalog.Page;
import dev.trestle.server.catalog.TableInfo;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import dev.trestle.server.store.Audit;
import dev.trestle.server.store.TableRow;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.rest.requests.AlterTableRequest;
import org.apache.paimon.rest.requests.CreateTableRequest;
import org.apache.paimon.rest.requests.RegisterTableRequest;
import org.apache.paimon.rest.requests.RenameTableRequest;
import org.apache.paimon.rest.responses.GetTableResponse;
import org.apache.paimon.rest.responses.ListTableDetailsResponse;
import org.apache.paimon.rest.responses.ListTablesGloballyResponse;
import org.apache.paimon.rest.responses.ListTablesResponse;

/** Tables over HTTP. */
final class TableHandlers {

    private final CatalogService catalog;

    TableHandlers(CatalogService catalog) {
        this.catalog = catalog;
    }

    static Identifier identifier(RoutedCall call) {
        return new Identifier(call.variable("database"), call.variable("table"));
    }

    Answer list(RoutedCall call) {
        Page<String> page = catalog.tables()
                .list(
                        call.variable("database"),
                        PaimonPaging.filter(call, RESTApi.TABLE_NAME_PATTERN),
                        call.parameter(RESTApi.TABLE_TYPE),
                        PaimonPaging.page(call));
        return PaimonJson.answer(
                200, new ListTablesResponse(page.items(), page.next().orElse(null)));
    }

    Answer listDetails(RoutedCall call) {
        Page<GetTableResponse> page = catalog.tables()
                .listDetails(
                        call.variable("database"),
                        PaimonPaging.filter(call, RESTApi.TABLE_NAME_PATTERN),
                        call.parameter(RESTApi.TABLE_TYPE),
                        PaimonPaging.page(call))
                .map(TableHandlers::response);
        return PaimonJson.answer(
                200, new ListTableDetailsResponse(page.items(), page.next().orElse(null)));
    }

    Answer listGlobally(RoutedCall call) {
        Page<Identifier> page = catalog.tables()
                .listGlobally(
                        PaimonPaging.filter(call, RESTApi.DATABASE_NAME_PATTERN),
                        PaimonPaging.filter(call, RESTApi.TABLE_NAME_PATTERN),
                        PaimonPaging.page(call));
        return PaimonJson.answer(
                200, new ListTablesGloballyResponse(page.items(), page.next().orElse(null)));
    }

    Answer get(RoutedCall call) {
        return PaimonJson.answer(200, response(catalog.tables().get(identifier(call))));
    }

    Answer getById(RoutedCall call) {
        return PaimonJson.answer(200, response(catalog.tables().getById(call.variable("tableId"))));
    }

    Answer create(RoutedCall call) {
        CreateTableRequest request = PaimonJson.read(call.call().text(), CreateTableRequest.class);
        Identifier identifier = inDatabase(call, request.getIdentifier());
        if (request.getSchema() == null) {
            throw CatalogException.invalid("The request has no schema.");
        }
        catalog.tableCreation().create(identifier, request.getSchema(), call.user());
        return Answer.done();
    }

    Answer register(RoutedCall call) {
        RegisterTableRequest request = PaimonJson.read(call.call().text(), RegisterTableRequest.class);
        Identifier identifier = inDatabase(call, request.getIdentifier());
        if (request.getPath() == null || request.getPath().isBlank()) {
            throw CatalogException.invalid("The request has no path.");
        }
        catalog.tableCreation().register(identifier, request.getPath(), call.user());
        return Answer.done();
    }

    Answer alter(RoutedCall call) {
        AlterTableRequest request = PaimonJson.read(call.call().text(), AlterTableRequest.class);
        if (request.getChanges() == null) {
            throw CatalogException.invalid("The request has no changes.");
        }
        catalog.tables().alter(identifier(call), request.getChanges(), call.user());
        return Answer.done();
    }

    Answer rename(RoutedCall call) {
        RenameTableRequest request = PaimonJson.read(call.call().text(), RenameTableRequest.class);
        catalog.tables()
                .rename(
                        complete(request.getSource(), "source"),
                        complete(request.getDestination(), "destination"),
                        call.user());
        return Answer.done();
    }

    Answer drop(RoutedCall call) {
        catalog.tables().drop(identifier(call));
        return Answer.done();
    }

    static Identifier inDatabase(RoutedCall call, Identifier identifier) {
        Identifier complete = complete(identifier, "identifier");
        if (!complete.getDatabaseName().equals(call.variable("database"))) {
            throw CatalogException.invalid("The path names database " + call.variable("database") + ", the body "
                    + complete.getDatabaseName() + ".");
        }
        return complete;
    }

    static Identifier complete(Identifier identifier, String field) {
        if (identifier == null || identifier.getDatabaseName() == null || identifier.getObjectName() == null) {
            throw CatalogException.invalid("The request's " + field + " lacks a database's or an object's name.");
        }
        return identifier;
    }

    private static GetTableResponse response(TableInfo table) {
        TableRow row = table.row();
        Audit audit = row.audit();
        return new GetTableResponse(
                row.id(),
                row.database(),
                table.objectName(),
                row.path(),
                row.external(),
                table.schema().id(),
                table.schema().toSchema(),
                audit.owner(),
                audit.createdAt(),
                audit.createdBy(),
                audit.updatedAt(),
                audit.updatedBy());
    }
}
