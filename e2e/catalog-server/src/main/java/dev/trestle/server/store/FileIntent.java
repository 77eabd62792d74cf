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
package dev.trestle.server.store;

import java.util.Optional;

/**
 * A promise to make, remove or use a directory, kept in the database so that a restart can finish what a crash interrupted.
 *
 * @param tableId the table whose directory or branch it is, absent for a database's
 */
public record FileIntent(String id, Kind kind, String path, Optional<String> tableId) {

    /** What is to happen to the directory. */
    public enum Kind {
        /** It is being filled for a table whose row does not exist yet: without that row, it is removed. */
        CREATE,
        /** It is removed with all that is in it. */
        DELETE,
        /** It is removed unless something is in it. */
        DELETE_IF_EMPTY,
        /** A branch is being filled there: unless that is confirmed, it is removed. */
        CREATE_BRANCH,
        /** The table is being forwarded to the branch there, which may be done twice. */
        FORWARD_BRANCH
    }
}
