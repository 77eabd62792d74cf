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

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The command line of a Java program.
 *
 * @param jvmOptions such as {@code -Xmx512m}
 * @param classPath jars and directories, in order
 */
public record JavaCommand(String mainClass, List<String> jvmOptions, List<Path> classPath, List<String> arguments) {

    public JavaCommand {
        requireNonNull(mainClass, "mainClass is null");
        jvmOptions = List.copyOf(jvmOptions);
        classPath = List.copyOf(classPath);
        arguments = List.copyOf(arguments);
    }

    /** The words of the command line, run by the JDK that runs this program. */
    public List<String> words() {
        return words(Path.of(System.getProperty("java.home")));
    }

    /** The words of the command line, run by the JDK of that directory. */
    public List<String> words(Path javaHome) {
        List<String> words = new ArrayList<>();
        words.add(javaHome.resolve("bin").resolve("java").toString());
        words.addAll(jvmOptions);
        words.add("-cp");
        words.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        words.add(mainClass);
        words.addAll(arguments);
        return words;
    }
}
