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

import dev.trestle.server.catalog.Branches;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import java.util.Optional;
import org.apache.paimon.rest.requests.CreateBranchRequest;
import org.apache.paimon.rest.requests.RenameBranchRequest;
import org.apache.paimon.rest.responses.ListBranchesResponse;

/** Branches over HTTP. */
final class BranchHandlers {

    private final Branches branches;

    BranchHandlers(Branches branches) {
        this.branches = branches;
    }

    Answer list(RoutedCall call) {
        return PaimonJson.answer(200, new ListBranchesResponse(branches.list(TableHandlers.identifier(call))));
    }

    Answer create(RoutedCall call) {
        CreateBranchRequest request = PaimonJson.read(call.call().text(), CreateBranchRequest.class);
        branches.create(TableHandlers.identifier(call), request.branch(), Optional.ofNullable(request.fromTag()));
        return Answer.done();
    }

    Answer drop(RoutedCall call) {
        branches.drop(TableHandlers.identifier(call), call.variable("branch"));
        return Answer.done();
    }

    Answer rename(RoutedCall call) {
        RenameBranchRequest request = PaimonJson.read(call.call().text(), RenameBranchRequest.class);
        branches.rename(TableHandlers.identifier(call), call.variable("branch"), request.toBranch());
        return Answer.done();
    }

    Answer forward(RoutedCall call) {
        branches.fastForward(TableHandlers.identifier(call), call.variable("branch"));
        return Answer.done();
    }
}
