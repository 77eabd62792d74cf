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

/**
 * A table's name and place; its schema and snapshots are files under its path.
 *
 * @param id never changes, and is never used again
 * @param type as in the table option {@code type}: {@code table}, {@code format-table} and so on
 * @param path does not change when the table is renamed
 * @param external whether the files belong to somebody else, and stay when the table is dropped
 */
public record TableRow(
        String id,
        String databaseId,
        String database,
        String name,
        String type,
        String path,
        boolean external,
        Audit audit) {}
