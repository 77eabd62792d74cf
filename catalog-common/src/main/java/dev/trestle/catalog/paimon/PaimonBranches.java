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
package dev.trestle.catalog.paimon;

import static dev.trestle.catalog.paimon.PaimonSnapshots.path;

import dev.trestle.catalog.api.BranchApi;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.paimon.PaimonClient.Task;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;

/** {@code /branches} of the Paimon REST API. */
record PaimonBranches(PaimonClient client) implements BranchApi {

    private record CreateRequest(String branch, String fromTag) {}

    private record RenameRequest(String toBranch) {}

    private record ListAnswer(List<String> branches) {}

    @Override
    public List<String> list(Identifier identifier) {
        ListAnswer answer = client.get(
                PaimonTables.task("listBranchesOf", identifier),
                path(identifier, "branches"),
                Map.of(),
                ListAnswer.class);
        return Objects.requireNonNullElse(answer.branches, List.of());
    }

    @Override
    public void create(Identifier identifier, String branch, Optional<String> fromTag) {
        client.post(
                task("createBranch", identifier, branch),
                path(identifier, "branches"),
                new CreateRequest(branch, fromTag.orElse(null)),
                Repeat.CHANGE);
    }

    @Override
    public void rename(Identifier identifier, String from, String to) {
        client.post(
                task("renameBranch", identifier, from),
                path(identifier, "branches", from, "rename"),
                new RenameRequest(to),
                Repeat.CHANGE);
    }

    @Override
    public void fastForward(Identifier identifier, String branch) {
        client.post(
                task("fastForwardBranch", identifier, branch),
                path(identifier, "branches", branch, "forward"),
                Map.of(),
                Repeat.CHANGE);
    }

    @Override
    public void drop(Identifier identifier, String branch) {
        client.delete(task("dropBranch", identifier, branch), path(identifier, "branches", branch));
    }

    private static Task task(String operation, Identifier identifier, String branch) {
        return new Task(operation, "'" + branch + "' of table '" + identifier.getFullName() + "'");
    }
}
