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
package dev.trestle.catalog;

import static dev.trestle.catalog.Failures.onTable;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.BranchApi;
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.ResourceType;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog.BranchAlreadyExistException;
import org.apache.paimon.catalog.Catalog.BranchNotExistException;
import org.apache.paimon.catalog.Catalog.TableNoPermissionException;
import org.apache.paimon.catalog.Catalog.TableNotExistException;
import org.apache.paimon.catalog.Catalog.TagNotExistException;
import org.apache.paimon.catalog.Identifier;

/** What the operations on branches mean. */
record BranchOperations(SharedClient client) {

    List<String> list(Identifier identifier) throws TableNotExistException {
        return onTable(identifier, () -> branches().list(identifier));
    }

    void create(Identifier identifier, String branch, Optional<String> fromTag)
            throws TableNotExistException, BranchAlreadyExistException, TagNotExistException {
        try {
            settle(identifier, () -> branches().create(identifier, branch, fromTag), branch, true);
        } catch (NoSuchResourceException e) {
            if (e.resourceType() == ResourceType.TAG) {
                throw new TagNotExistException(identifier, fromTag.orElse(e.resourceName()), e);
            }
            throw new TableNotExistException(identifier, e);
        } catch (AlreadyExistsException e) {
            throw new BranchAlreadyExistException(identifier, branch, e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    void rename(Identifier identifier, String from, String to)
            throws BranchNotExistException, BranchAlreadyExistException {
        try {
            client.outcomes()
                    .settle(
                            () -> branches().rename(identifier, from, to),
                            () -> {
                                List<String> names = branches().list(identifier);
                                return names.contains(to) && !names.contains(from);
                            },
                            advice(identifier));
        } catch (NoSuchResourceException e) {
            throw new BranchNotExistException(identifier, from, e);
        } catch (AlreadyExistsException e) {
            throw new BranchAlreadyExistException(identifier, to, e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        } finally {
            client.cache().invalidateTable(identifier);
        }
    }

    /** Nothing that can be read proves that a fast-forward was made, so an uncertain one stays unknown. */
    void fastForward(Identifier identifier, String branch) throws BranchNotExistException {
        try {
            client.outcomes().settle(() -> branches().fastForward(identifier, branch), () -> false, advice(identifier));
        } catch (NoSuchResourceException e) {
            throw new BranchNotExistException(identifier, branch, e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        } finally {
            client.cache().invalidateTable(identifier);
            client.commits().incrementAndGet();
        }
    }

    void drop(Identifier identifier, String branch) throws BranchNotExistException {
        try {
            settle(identifier, () -> branches().drop(identifier, branch), branch, false);
        } catch (NoSuchResourceException e) {
            throw new BranchNotExistException(identifier, branch, e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        }
    }

    private void settle(Identifier identifier, Runnable change, String branch, boolean isThere) {
        try {
            client.outcomes()
                    .settle(change, () -> branches().list(identifier).contains(branch) == isThere, advice(identifier));
        } finally {
            client.cache().invalidateTable(identifier);
        }
    }

    private static String advice(Identifier identifier) {
        return "Look at the branches of table '" + identifier.getFullName() + "'";
    }

    private BranchApi branches() {
        return Capability.require(client.api().branches(), "use a branch", "branches");
    }
}
