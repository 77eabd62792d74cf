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

import dev.trestle.catalog.api.PageTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.paimon.PagedList;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;

/**
 * The tags of a table that keep the files of one of its branches, which begins with what the table held. The table would drop
 * them else when its snapshots expire. Each tag has a name that nobody chooses, so that nobody's own is ever deleted as one.
 */
public final class BranchTags {

    private static final int SUFFIX = 8;

    private final Catalog catalog;
    private final Identifier table;
    private final String prefix;
    private final Pattern names;

    /** @param table the table itself, at none of its branches */
    public BranchTags(Catalog catalog, Identifier table, String branch) {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.table = requireNonNull(table, "table is null");
        this.prefix = "trestle-branch-" + requireNonNull(branch, "branch is null") + "-";
        this.names = Pattern.compile(Pattern.quote(prefix) + "[0-9a-f]{" + SUFFIX + "}");
    }

    /**
     * Tags the table's latest snapshot, which must be there, for a branch that is to be made of it.
     *
     * @return the new tag
     */
    public String create() throws Catalog.TableNotExistException {
        String tag = prefix + UUID.randomUUID().toString().substring(0, SUFFIX);
        try {
            catalog.createTag(table, tag, null, null, false);
        } catch (Catalog.TagAlreadyExistException e) {
            throw new IllegalStateException("Table " + table.getFullName() + " has a tag '" + tag + "' already", e);
        }
        return tag;
    }

    /** Those that are there: one as a rule, none of a branch that was made in another way. */
    public List<String> list() throws Catalog.TableNotExistException {
        List<String> found = new ArrayList<>();
        PageTokens tokens = new PageTokens();
        String token = null;
        do {
            PagedList<String> page = catalog.listTagsPaged(table, null, token, prefix);
            page.getElements().stream().filter(names.asMatchPredicate()).forEach(found::add);
            token = tokens.next(page.getNextPageToken());
        } while (token != null);
        return found;
    }

    /** Deletes tags of a branch that is gone or was not made; one that is not there is no error. */
    public void delete(List<String> tags) throws Catalog.TableNotExistException {
        for (String tag : tags) {
            try {
                catalog.deleteTag(table, tag);
            } catch (Catalog.TagNotExistException e) {
                // A fast-forward of the table takes tags away too.
                continue;
            }
        }
    }
}
