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

import dev.trestle.catalog.table.OtherBranch;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog;

/** The branches of a table, which the service keeps. */
public final class TableBranches {

    private final CalledTable table;

    /** Works on the branches of one table. */
    public TableBranches(CalledTable table) {
        this.table = requireNonNull(table, "table is null");
    }

    /** @param tag whose state the branch begins with; without one it begins empty */
    public void create(String branch, Optional<String> tag) throws Catalog.TableNotExistException {
        try {
            table.catalog().createBranch(table.identifier(), branch, tag.orElse(null));
        } catch (Catalog.BranchAlreadyExistException e) {
            throw new WrongArgumentException("Table " + table.name() + " has a branch '" + branch + "' already", e);
        } catch (Catalog.TagNotExistException e) {
            throw new WrongArgumentException("Table " + table.name() + " has no tag '" + tag.orElse("") + "'", e);
        }
    }

    /**
     * Drops a branch, with what was committed to it, and the tags that kept its files.
     *
     * @throws UnsupportedOperationException if the table shows its rows
     */
    public void drop(String branch) throws Catalog.TableNotExistException {
        OtherBranch.requireNotShown(table.stored(), branch);
        BranchTags tags = new BranchTags(table.catalog(), table.identifier(), branch);
        // Before the branch is gone: another one of its name may come at once.
        List<String> ofBranch = tags.list();
        try {
            table.catalog().dropBranch(table.identifier(), branch);
        } catch (Catalog.BranchNotExistException e) {
            throw missing(branch, e);
        }
        tags.delete(ofBranch);
    }

    /** Makes a branch's state the table's own; what was committed to the table since is lost. */
    public void fastForward(String branch) {
        try {
            table.catalog().fastForward(table.identifier(), branch);
        } catch (Catalog.BranchNotExistException e) {
            throw missing(branch, e);
        }
    }

    private WrongArgumentException missing(String branch, Exception cause) {
        return new WrongArgumentException("Table " + table.name() + " has no branch '" + branch + "'", cause);
    }
}
