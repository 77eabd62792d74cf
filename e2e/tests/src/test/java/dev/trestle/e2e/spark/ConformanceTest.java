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
package dev.trestle.e2e.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.e2e.BuildOutput;
import org.junit.jupiter.api.Test;

class ConformanceTest {

    @Test
    void theReadmeHasEachFeatureAndEachRelease() {
        ReadmeMatrix matrix = ReadmeMatrix.read(BuildOutput.find()
                .directory()
                .resolve("../../spark-catalog/README.md")
                .normalize());

        assertThat(matrix.releases())
                .containsExactlyElementsOf(
                        SparkRelease.all().stream().map(SparkRelease::toString).toList());
        assertThat(matrix.cells().keySet())
                .containsExactlyElementsOf(Conformance.load().features());
        assertThat(matrix.cells().values())
                .allSatisfy(cells -> assertThat(cells).hasSameSizeAs(matrix.releases()));
    }
}
