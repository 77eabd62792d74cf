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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrix of releases in Spark's README, which {@code e2e/spark-releases} prints. */
@Tag("full")
@Timeout(600)
class SparkReleasesIT {

    @TempDir
    private Path directory;

    static List<SparkRelease> releases() {
        return SparkRelease.all();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void whatWorksIsWhatTheReadmeSays(SparkRelease release) {
        ReadmeMatrix readme = ReadmeMatrix.read(BuildOutput.find()
                .directory()
                .resolve("../../spark-catalog/README.md")
                .normalize());

        Map<String, Optional<String>> results = SparkReleases.run(release, directory);

        assertThat(results).isNotEmpty().allSatisfy((feature, failure) -> assertThat(failure.isEmpty())
                .as("%s works; %s", feature, failure)
                .isEqualTo(readme.says(feature, release)));
    }
}
