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
package dev.trestle.catalog.faults;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults in the Paimon dialect, each of them in each change. */
class FaultMatrixTest extends FaultMatrix {

    @Override
    Dialect dialect() {
        return Dialect.PAIMON;
    }

    Stream<Arguments> everything() {
        return Change.of(dialect()).stream().flatMap(change -> Harm.all().stream()
                .flatMap(harm -> Stream.of(1, Integer.MAX_VALUE).map(times -> Arguments.of(change, harm, times))));
    }

    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}: {1}, {2} times")
    @MethodSource("everything")
    void reportsWhatTheServerHoldsInEveryCase(Change change, Harm harm, int times) throws Exception {
        run(change, harm, times);
    }
}
