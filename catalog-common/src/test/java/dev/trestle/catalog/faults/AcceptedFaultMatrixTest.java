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

import dev.trestle.server.ServerOptions;
import dev.trestle.server.suite.EmbeddedTestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Faults in the StarRocks dialect where each change is answered with a task. */
@Tag("full")
class AcceptedFaultMatrixTest extends FaultMatrix {

    @Override
    Dialect dialect() {
        return Dialect.STARROCKS;
    }

    @Override
    EmbeddedTestServer startServer(Path directory) {
        return EmbeddedTestServer.withToken(
                ServerOptions.builder(directory.resolve("warehouse")).asynchronous());
    }
}
