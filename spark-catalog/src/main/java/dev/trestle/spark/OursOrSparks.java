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
package dev.trestle.spark;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;

/** What the catalog of the service answers, and what Spark's own does, where both have a name. */
final class OursOrSparks {

    private OursOrSparks() {}

    /** What ours answers, or Spark's where ours has no such thing. */
    static <T> T first(Callable<T> ours, Callable<T> sparks) {
        try {
            return ours.call();
        } catch (Exception e) {
            boolean missing = e instanceof NoSuchTableException
                    || e instanceof NoSuchNamespaceException
                    || e instanceof NoSuchFunctionException;
            if (!missing) {
                throw OursOrSparks.<RuntimeException>sneaky(e);
            }
        }
        return call(sparks);
    }

    /** What a call answers; a checked exception of Spark's leaves as it is. */
    static <T> T call(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw OursOrSparks.<RuntimeException>sneaky(e);
        }
    }

    @SuppressWarnings("unchecked") // A checked exception leaves through a signature that does not name it.
    private static <E extends Exception> E sneaky(Exception exception) throws E {
        throw (E) exception;
    }

    /** What both have, where either may have none at all. */
    static Identifier[] both(Callable<Identifier[]> ours, Callable<Identifier[]> sparks) {
        Callable<Identifier[]> none = () -> new Identifier[0];
        return Stream.concat(Arrays.stream(first(ours, none)), Arrays.stream(first(sparks, none)))
                .distinct()
                .toArray(Identifier[]::new);
    }
}
