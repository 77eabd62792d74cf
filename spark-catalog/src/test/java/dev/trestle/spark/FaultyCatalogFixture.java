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

import dev.trestle.server.fault.FaultProxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A session beside the usual one that reaches the server through a proxy, which does harm where a test asks for it. */
abstract class FaultyCatalogFixture extends SharedCatalogFixture {

    FaultProxy proxy;
    SparkTestSession faulty;

    /** How soon the session gives up. */
    abstract Map<String, String> patience();

    @BeforeAll
    void openThroughTheProxy() {
        proxy = FaultProxy.start(server.uri());
        Map<String, String> options = new HashMap<>(options());
        options.put("uri", proxy.uri().toString());
        options.putAll(patience());
        faulty = SparkTestSession.open(options).run("USE d");
    }

    @AfterEach
    void repair() {
        proxy.clear();
        proxy.revive();
    }

    @AfterAll
    void closeTheProxy() {
        faulty.close();
        proxy.close();
    }
}
