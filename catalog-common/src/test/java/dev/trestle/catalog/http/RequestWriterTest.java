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
package dev.trestle.catalog.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import okhttp3.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be read off a socket: the host of services at standard ports and at addresses of version 6. */
class RequestWriterTest {

    @ParameterizedTest
    @CsvSource({
        "https://catalog.example, catalog.example",
        "https://catalog.example:443, catalog.example",
        "https://catalog.example:80, catalog.example:80",
        "http://catalog.example:80, catalog.example",
        "http://catalog.example:8080, catalog.example:8080",
        "http://CATALOG.example, catalog.example",
        "http://bücher.example, xn--bcher-kva.example",
        "https://[::1]:8443, [::1]:8443",
        "https://[0:0:0:0:0:0:0:1], [::1]",
    })
    void theHostIsSignedAsItIsSent(String uri, String host) {
        FakeAuthProvider auth = FakeAuthProvider.fixed();
        RequestWriter writer = new RequestWriter(HttpSettings.of(URI.create(uri)), auth, QueryIds.OF_CONTEXT);

        Request request =
                writer.signedRequest(HttpCalls.read(), writer.url(HttpCalls.read()), "id", new AttemptTrace(false));

        assertThat(auth.signed().get(0).host()).isEqualTo(host);
        assertThat(request.header("Host")).isEqualTo(host);
    }
}
