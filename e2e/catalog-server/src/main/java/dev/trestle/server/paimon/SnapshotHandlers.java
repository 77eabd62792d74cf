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
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.rest.requests.CommitTableRequest;
import org.apache.paimon.rest.responses.CommitTableResponse;
import org.apache.paimon.rest.responses.GetTableSnapshotResponse;
import org.apache.paimon.rest.responses.GetVersionSnapshotResponse;
import org.apache.paimon.rest.responses.ListSnapshotsResponse;

/** Commits and snapshots over HTTP. */
final class SnapshotHandlers {

    private final CatalogService catalog;

    SnapshotHandlers(CatalogService catalog) {
        this.catalog = catalog;
    }

    Answer commit(RoutedCall call) {
        CommitTableRequest request = PaimonJson.read(call.call().text(), CommitTableRequest.class);
        if (request.getSnapshot() == null) {
            throw CatalogException.invalid("The request has no snapshot.");
        }
        boolean success = catalog.commits()
                .commit(
                        TableHandlers.identifier(call),
                        Optional.ofNullable(request.getTableId()),
                        request.getSnapshot());
        return PaimonJson.answer(200, new CommitTableResponse(success));
    }

    Answer latest(RoutedCall call) {
        return PaimonJson.answer(
                200, new GetTableSnapshotResponse(catalog.snapshots().latest(TableHandlers.identifier(call))));
    }

    Answer byVersion(RoutedCall call) {
        Snapshot snapshot = catalog.snapshots().byVersion(TableHandlers.identifier(call), call.variable("version"));
        return PaimonJson.answer(200, new GetVersionSnapshotResponse(snapshot));
    }

    Answer list(RoutedCall call) {
        Page<Snapshot> page = catalog.snapshots().list(TableHandlers.identifier(call), PaimonPaging.page(call));
        return PaimonJson.answer(
                200, new ListSnapshotsResponse(page.items(), page.next().orElse(null)));
    }
}
