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
package dev.trestle.catalog.queryauth;

import org.apache.paimon.FileStore;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.operation.SplitRead;
import org.apache.paimon.privilege.AllGrantedPrivilegeChecker;
import org.apache.paimon.privilege.PrivilegedFileStore;

/** A store that is written and maintained, but not read. */
final class UnreadableStore<T> extends PrivilegedFileStore<T> {

    private final String table;

    UnreadableStore(FileStore<T> store, String table) {
        super(store, new AllGrantedPrivilegeChecker(), Identifier.fromString("no.table"));
        this.table = table;
    }

    @Override
    public SplitRead<T> newRead() {
        throw new QueryAuthException("Table '" + table + "': reading its files as they are is not possible, because the"
                + " service may restrict what is read of it ('query-auth.enabled' is set).");
    }
}
