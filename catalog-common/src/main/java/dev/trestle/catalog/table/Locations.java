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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.fs.Path;

/** Where the files of tables are. */
public final class Locations {

    /** Other names of one file system. */
    private static final Map<String, String> SCHEMES =
            Map.of("s3a", "s3", "s3n", "s3", "abfss", "abfs", "wasbs", "wasb");

    private Locations() {}

    /**
     * Whether two directories are one, or one of them is in the other, as far as their names tell: {@code s3} and {@code s3a}
     * are one file system, as are {@code abfs} and {@code abfss}, and a name without one may be of any.
     */
    public static boolean overlap(String one, String other) {
        URI first = new Path(one).toUri();
        URI second = new Path(other).toUri();
        return mayBeEqual(scheme(first), scheme(second))
                && mayBeEqual(Optional.ofNullable(first.getAuthority()), Optional.ofNullable(second.getAuthority()))
                && (isIn(first.getPath(), second.getPath()) || isIn(second.getPath(), first.getPath()));
    }

    private static Optional<String> scheme(URI place) {
        return Optional.ofNullable(place.getScheme())
                .map(scheme -> scheme.toLowerCase(Locale.ROOT))
                .map(scheme -> SCHEMES.getOrDefault(scheme, scheme));
    }

    private static boolean mayBeEqual(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    private static boolean isIn(String inner, String outer) {
        return (inner + "/").startsWith(outer.endsWith("/") ? outer : outer + "/");
    }
}
