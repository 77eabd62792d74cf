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
package dev.trestle.catalog.table;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.fs.Path;

/** Where the files of tables are. */
public final class Locations {

    private static final Set<String> S3 = Set.of("s3", "s3a", "s3n");

    private Locations() {}

    /**
     * Whether two directories are one, or one of them is in the other, as far as their names tell: {@code s3}, {@code s3a} and
     * {@code s3n} are one file system, and a name without one may be of any.
     */
    public static boolean overlap(String one, String other) {
        URI first = new Path(one).toUri();
        URI second = new Path(other).toUri();
        return mayBeEqual(scheme(first), scheme(second))
                && mayBeEqual(Optional.ofNullable(first.getAuthority()), Optional.ofNullable(second.getAuthority()))
                && (isIn(first.getPath(), second.getPath()) || isIn(second.getPath(), first.getPath()));
    }

    private static Optional<String> scheme(URI place) {
        return Optional.ofNullable(place.getScheme()).map(scheme -> S3.contains(scheme) ? "s3" : scheme);
    }

    private static boolean mayBeEqual(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    private static boolean isIn(String inner, String outer) {
        return (inner + "/").startsWith(outer.endsWith("/") ? outer : outer + "/");
    }
}
