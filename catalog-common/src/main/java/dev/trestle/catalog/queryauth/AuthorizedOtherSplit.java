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

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;
import org.apache.paimon.table.source.Split;

/** A split that is neither of data nor of the difference between two snapshots, such as one of rows that an index found. */
record AuthorizedOtherSplit(Split unrestricted, ReadPermission permission) implements AuthorizedSplit {

    private static final long serialVersionUID = 1L;

    AuthorizedOtherSplit {
        requireNonNull(unrestricted, "unrestricted is null");
        requireNonNull(permission, "permission is null");
    }

    @Override
    public long rowCount() {
        return unrestricted.rowCount();
    }

    @Override
    public OptionalLong mergedRowCount() {
        return permission instanceof ReadPermission.Everything ? unrestricted.mergedRowCount() : OptionalLong.empty();
    }
}
