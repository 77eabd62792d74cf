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
package dev.trestle.e2e.containers;

import dev.trestle.e2e.BuildOutput;
import org.testcontainers.utility.DockerImageName;

/**
 * What the containers are made from. The public images by default; {@code e2e/container-images} builds others where no registry
 * can be reached.
 *
 * @param java has a {@code java} on its path, 17 or later
 * @param flink is run as the public image of Flink is run: a command, and the configuration in {@code FLINK_PROPERTIES}
 */
record ContainerImages(DockerImageName java, DockerImageName flink) {

    static final String JAVA_PROPERTY = "trestle.containers.java-image";
    static final String FLINK_PROPERTY = "trestle.containers.flink-image";

    /** The images that the system properties name. */
    static ContainerImages fromSystemProperties(BuildOutput build) {
        return new ContainerImages(
                DockerImageName.parse(System.getProperty(JAVA_PROPERTY, "eclipse-temurin:17-jre")),
                DockerImageName.parse(System.getProperty(FLINK_PROPERTY, "flink:" + build.flinkVersion() + "-java17")));
    }
}
