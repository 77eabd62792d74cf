
package dev.trestle.flink;

import java.util.Map;

/** Procedures of Paimon's that cannot work over a REST service, and what to do instead. */
final class RefusedProcedures {

    private static final String PRIVILEGES =
            "Privileges belong to the service, which decides for each user what is allowed: grant them there.";
    private static final String MIGRATION =
            "It turns tables of a Hive metastore into Paimon tables in place, which a catalog over a Hive metastore can do"
                    + " only. Copy the data: CREATE TABLE … AS SELECT, or INSERT INTO … SELECT.";

    /** What to do instead, by name. */
    static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("init_file_based_privilege", PRIVILEGES),
            Map.entry("create_privileged_user", PRIVILEGES),
            Map.entry("drop_privileged_user", PRIVILEGES),
            Map.entry("grant_privilege_to_user", PRIVILEGES),
            Map.entry("revoke_privilege_from_user", PRIVILEGES),
            Map.entry("migrate_table", MIGRATION),
            Map.entry("migrate_database", MIGRATION),
            Map.entry(
                    "repair",
                    "It brings a metastore in line with the files, and here the service keeps both. To make a table known"
                            + " whose files are there, create it with their place as the option 'path'."),
            Map.entry(
                    "copy_files",
                    "It writes schemas and snapshots as files, which the service of the target does not get to know. Use"
                            + " CALL sys.clone(…, clone_from => 'paimon'), or CREATE TABLE … AS SELECT."),
            Map.entry(
                    "rename_tag",
                    "The Paimon REST API cannot rename a tag (there is no Catalog.renameTag). Use CALL sys.create_tag with"
                            + " the snapshot of the tag, see the table's $tags, then CALL sys.delete_tag."));

    private RefusedProcedures() {}

    /** @throws UnsupportedOperationException if the procedure is one of these */
    static void check(String procedure) {
        String instead = INSTEAD.get(procedure);
        if (instead != null) {
            throw new UnsupportedOperationException(
                    "CALL sys." + procedure + " is not possible in this catalog. " + instead);
        }
    }
}
