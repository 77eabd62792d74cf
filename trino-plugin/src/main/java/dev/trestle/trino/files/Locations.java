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
package dev.trestle.trino.files;

import io.trino.filesystem.Location;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.fs.Path;

/** Paimon's paths as Trino's locations, and back. */
final class Locations {

    private static final Set<String> HIERARCHICAL = Set.of("file", "local", "hdfs", "viewfs");

    /** Object stores that speak S3's protocol, which is how Trino reaches them. */
    private static final Set<String> SPEAK_S3 = Set.of("oss");

    private Locations() {}

    static Location of(Path path) {
        String scheme = scheme(path);
        String authority = path.toUri().getAuthority();
        return Location.of((SPEAK_S3.contains(scheme) ? "s3" : scheme)
                + "://"
                + (authority == null ? "" : authority)
                + path.toUri().getPath());
    }

    /** A path without a scheme is one of this machine. */
    private static String scheme(Path path) {
        return Optional.ofNullable(path.toUri().getScheme()).orElse("file").toLowerCase(Locale.ROOT);
    }

    /** The path of an entry that a listing of a directory gave; its scheme may be another one. */
    static Path below(Path directory, Location entry) {
        String parent = directoryPath(of(directory));
        String found = entry.path();
        String name = found.startsWith(parent) ? found.substring(parent.length()) : entry.fileName();
        return new Path(withSlash(directory.toString()) + withoutSlash(name));
    }

    /** Whether a file lies in the directory itself, and not below. */
    static boolean isChild(Location directory, Location file) {
        String parent = directoryPath(directory);
        return file.path().startsWith(parent) && file.path().indexOf('/', parent.length()) < 0;
    }

    private static String directoryPath(Location directory) {
        return directory.path().isEmpty() ? "" : withSlash(directory.path());
    }

    /** Whether there are no directories and no renames, and files are created at once or not at all. */
    static boolean isObjectStore(Path path) {
        return !HIERARCHICAL.contains(scheme(path));
    }

    private static String withSlash(String location) {
        return location.endsWith("/") ? location : location + "/";
    }

    private static String withoutSlash(String name) {
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }
}
