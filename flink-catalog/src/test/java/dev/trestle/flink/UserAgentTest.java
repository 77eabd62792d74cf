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
package dev.trestle.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;

class UserAgentTest {

    @Test
    void theServiceIsToldWhichFlinkAsks() throws Exception {
        try (MockWebServer service = new MockWebServer()) {
            service.enqueue(new MockResponse.Builder().code(401).build());
            service.start();

            assertThatThrownBy(() -> FlinkSession.batch()
                            .useCatalog(
                                    "c",
                                    Map.of(
                                            "type",
                                            "trestle",
                                            "uri",
                                            service.url("/").toString(),
                                            "warehouse",
                                            "wh")))
                    .hasStackTraceContaining("401");

            assertThat(service.takeRequest().getHeaders().get("User-Agent")).matches("trestle/\\S+ flink/2\\.3\\.0");
        }
    }
}
