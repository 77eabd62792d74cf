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
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.TagApi;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.catalog.Catalog.TableNoPermissionException;
import org.apache.paimon.catalog.Catalog.TableNotExistException;
import org.apache.paimon.catalog.Catalog.TagAlreadyExistException;
import org.apache.paimon.catalog.Catalog.TagNotExistException;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.rest.responses.GetTagResponse;
import org.apache.paimon.utils.SnapshotNotExistException;

/** What the operations on tags mean. */
record TagOperations(SharedClient client) {

    Page<String> list(Identifier identifier, PageRequest page, Optional<String> namePrefix)
            throws TableNotExistException {
        return onTable(identifier, () -> tags().list(identifier, page, namePrefix));
    }

    GetTagResponse get(Identifier identifier, String tag) throws TableNotExistException, TagNotExistException {
        try {
            return tags().get(identifier, tag);
        } catch (NoSuchResourceException e) {
            throw missing(identifier, tag, e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        }
    }

    void create(
            Identifier identifier,
            String tag,
            OptionalLong snapshotId,
            Optional<String> timeRetained,
            boolean ignoreIfExists)
            throws TableNotExistException, TagAlreadyExistException {
        try {
            client.outcomes()
                    .settle(
                            () -> tags().create(identifier, tag, snapshotId, timeRetained),
                            () -> isCreated(identifier, tag, snapshotId, ignoreIfExists),
                            "Look at tag '" + tag + "' of table '" + identifier.getFullName() + "'");
        } catch (AlreadyExistsException e) {
            if (!ignoreIfExists) {
                throw new TagAlreadyExistException(identifier, tag, e);
            }
        } catch (NoSuchResourceException e) {
            if (e.resourceType() == ResourceType.SNAPSHOT) {
                throw new SnapshotNotExistException(e.getMessage());
            }
            throw new TableNotExistException(identifier, e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    void delete(Identifier identifier, String tag) throws TableNotExistException, TagNotExistException {
        try {
            client.outcomes()
                    .settle(
                            () -> tags().delete(identifier, tag),
                            () -> find(identifier, tag).isEmpty(),
                            "Look whether tag '" + tag + "' of table '" + identifier.getFullName() + "' is there");
        } catch (NoSuchResourceException e) {
            throw missing(identifier, tag, e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        }
    }

    /** A tag of the latest snapshot proves nothing by itself: it is not known which one was the latest. */
    private boolean isCreated(Identifier identifier, String tag, OptionalLong snapshotId, boolean ignoreIfExists) {
        Optional<GetTagResponse> now = find(identifier, tag);
        if (now.isEmpty()) {
            return false;
        }
        if (ignoreIfExists) {
            return true;
        }
        return snapshotId.isPresent() && now.get().snapshot().id() == snapshotId.getAsLong();
    }

    private Optional<GetTagResponse> find(Identifier identifier, String tag) {
        try {
            return Optional.of(tags().get(identifier, tag));
        } catch (NoSuchResourceException e) {
            return Optional.empty();
        }
    }

    private static TagNotExistException missing(Identifier identifier, String tag, NoSuchResourceException e)
            throws TableNotExistException {
        if (e.resourceType() == ResourceType.TAG) {
            return new TagNotExistException(identifier, tag, e);
        }
        throw new TableNotExistException(identifier, e);
    }

    private TagApi tags() {
        return Capability.require(client.api().tags(), "use a tag", "tags");
    }
}
