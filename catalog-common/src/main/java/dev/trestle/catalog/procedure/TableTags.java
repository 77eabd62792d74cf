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
package dev.trestle.catalog.procedure;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.utils.TimeUtils;

/** The tags of a table, which the service keeps. */
public final class TableTags {

    private final CalledTable table;

    /** Works on the tags of one table. */
    public TableTags(CalledTable table) {
        this.table = requireNonNull(table, "table is null");
    }

    /**
     * Names a snapshot.
     *
     * @param snapshot the one to name; the latest if it is empty
     * @param timeRetained after which the tag may be deleted by itself, such as {@code 7 d}
     */
    public void create(String tag, OptionalLong snapshot, Optional<String> timeRetained)
            throws Catalog.TableNotExistException {
        timeRetained.ifPresent(TableTags::requireDuration);
        if (snapshot.isPresent()
                && Snapshots.find(table.stored(), snapshot.getAsLong()).isEmpty()) {
            throw new WrongArgumentException(Snapshots.missing(table.name(), table.stored(), snapshot.getAsLong()));
        }
        try {
            Long id = snapshot.isPresent() ? snapshot.getAsLong() : null;
            table.catalog().createTag(table.identifier(), tag, id, timeRetained.orElse(null), false);
        } catch (Catalog.TagAlreadyExistException e) {
            throw new WrongArgumentException("Table " + table.name() + " has a tag '" + tag + "' already", e);
        }
    }

    private static void requireDuration(String timeRetained) {
        try {
            TimeUtils.parseDuration(timeRetained);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new WrongArgumentException(
                    "Argument 'time_retained' must be a duration, such as '7 d' or '12 h', and is '" + timeRetained
                            + "'",
                    e);
        }
    }

    /** Deletes a tag, and files that only it kept. */
    public void delete(String tag) throws Catalog.TableNotExistException {
        try {
            table.catalog().deleteTag(table.identifier(), tag);
        } catch (Catalog.TagNotExistException e) {
            throw missing(tag, e);
        }
    }

    /** The snapshot that a tag names. */
    public Snapshot find(String tag) throws Catalog.TableNotExistException {
        return Snapshots.tagged(table.catalog(), table.identifier(), tag).orElseThrow(() -> missing(tag, null));
    }

    private WrongArgumentException missing(String tag, Exception cause) {
        return new WrongArgumentException("Table " + table.name() + " has no tag '" + tag + "'", cause);
    }
}
