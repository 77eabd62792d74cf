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
package dev.trestle.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledJdkTest {

    @TempDir
    private Path place;

    @Test
    void findsTheFirstThatIsNewEnough() throws IOException {
        jdk("a-17", "17.0.12");
        Path wanted = jdk("b-25", "25.0.3");
        jdk("c-26", "26");

        assertThat(InstalledJdk.find(found -> found >= 25, List.of(place.resolve("nothing"), place)))
                .contains(wanted);
    }

    @Test
    void findsNoneWhereAllAreOlder() throws IOException {
        jdk("a-17", "17.0.12");

        assertThat(InstalledJdk.find(found -> found >= 25, List.of(place))).isEmpty();
    }

    @Test
    void findsTheVersionThatIsAskedForAmongOthers() throws IOException {
        jdk("a-25", "25.0.3");
        Path wanted = jdk("b-17", "17.0.12");

        assertThat(InstalledJdk.find(found -> found == 17, List.of(place))).contains(wanted);
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = place.resolve(name);
        Path java = jdk.resolve("bin").resolve("java");
        Files.createDirectories(java.getParent());
        Files.createFile(java);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }
}
