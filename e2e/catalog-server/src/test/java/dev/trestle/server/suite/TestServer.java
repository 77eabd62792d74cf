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
package dev.trestle.server.suite;

import java.util.Map;

/** A server that a suite runs against. */
public interface TestServer extends AutoCloseable {

    /** What a client needs to connect: {@code uri}, {@code warehouse}, and how it shows who it is. */
    Map<String, String> clientOptions();

    /** Whether the server does what not every server does. */
    boolean can(Ability ability);

    @Override
    void close();

    /** What one of the servers gets wrong, or leaves out. */
    enum Ability {
        /** Drops a database with its tables, not the name alone. */
        DROPS_TABLES_WITH_DATABASE,
        /** Lists snapshots, in pages. */
        LISTS_SNAPSHOTS,
        /** Keeps a table's snapshots, and takes commits. */
        KEEPS_SNAPSHOTS,
        /** Finds a table by its id, whatever it is called now. */
        FINDS_TABLES_BY_ID,
        /** Leaves files alone that were somebody else's before. */
        KEEPS_EXTERNAL_FILES,
        /** A renamed table keeps its snapshots and rows. */
        KEEPS_DATA_ON_RENAME,
        /** Takes in tables whose files exist. */
        REGISTERS_TABLES,
        /** Answers 400, not 500, to a change of a schema that cannot be. */
        REFUSES_BAD_CHANGES_AS_BAD,
        /** Ends the last page of a listing without a token. */
        ENDS_EXACT_PAGES,
        /** Lists partitions of any table, and keeps their marks. */
        KEEPS_PARTITION_MARKS,
        /** Names with characters of every kind. */
        TAKES_ANY_NAME,
        /** Makes no view or function in a database that does not exist. */
        CHECKS_DATABASES_OF_VIEWS,
        /** Refuses a view with the name of a table, and a table with the name of a view. */
        GIVES_TABLES_AND_VIEWS_ONE_NAME_SPACE,
        /** Lists the tags whose names begin with a text. */
        FILTERS_TAGS_BY_PREFIX,
        /** A branch has its own schema and snapshots from the beginning. */
        KEEPS_BRANCHES_APART,
        /** Rolls back to a snapshot that a tag alone keeps. */
        ROLLS_BACK_TO_EXPIRED_SNAPSHOTS,
        /** A table has the schema that it was rolled back to. */
        SERVES_A_SCHEMA_THAT_WAS_ROLLED_BACK,
        /** Lists consumers, in pages. */
        LISTS_CONSUMERS,
        /** Gives format tables a directory of their own. */
        KEEPS_FORMAT_TABLES
    }
}
