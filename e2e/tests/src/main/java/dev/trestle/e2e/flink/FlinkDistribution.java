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
package dev.trestle.e2e.flink;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A Flink's jars, and those that its user put beside them in {@code lib/}.
 *
 * @param flinkJars Flink's own
 * @param addedJars the user's
 */
public record FlinkDistribution(List<Path> flinkJars, List<Path> addedJars) {

    /** What stands in a distribution's lib directory by itself. The rest is inside its {@code flink-dist} jar. */
    private static final Pattern IN_LIB =
            Pattern.compile("(flink-(cep|connector-files|csv|json|table-[a-z-]+)|log4j|slf4j)-.*");

    public FlinkDistribution {
        flinkJars = List.copyOf(requireNonNull(flinkJars, "flinkJars is null"));
        addedJars = List.copyOf(requireNonNull(addedJars, "addedJars is null"));
    }

    /**
     * The class path in the order of Flink's own scripts: the jars of {@code lib/} by name, {@code flink-dist} last. So classes
     * of Flink's core in an added jar would win over Flink's, here as there.
     */
    List<Path> classPath() {
        List<Path> classPath = new ArrayList<>();
        flinkJars.stream().filter(FlinkDistribution::isInLib).forEach(classPath::add);
        classPath.addAll(addedJars);
        flinkJars.stream().filter(jar -> !isInLib(jar)).forEach(classPath::add);
        return classPath;
    }

    private static boolean isInLib(Path jar) {
        return IN_LIB.matcher(jar.getFileName().toString()).matches();
    }
}
