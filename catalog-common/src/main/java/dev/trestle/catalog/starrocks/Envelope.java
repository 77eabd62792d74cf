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
package dev.trestle.catalog.starrocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.trestle.catalog.http.HttpAnswer;
import java.util.Optional;

/**
 * What every answer of the standard is wrapped in: <code>{"code": "0", "message": "OK", "result": …}</code>.
 *
 * @param code {@code 0} for success, whatever the status of HTTP says
 * @param message one line, without what a service may have put behind the first
 * @param result a missing node where there is none
 */
record Envelope(String code, String message, JsonNode result) {

    private static final int LONGEST_MESSAGE = 1_000;

    /** The envelope of an answer; empty where the body is none. */
    static Optional<Envelope> of(HttpAnswer answer) {
        return StarRocksJson.read(answer.body())
                .flatMap(json -> StarRocksJson.text(json, "code").map(code -> of(code, json)));
    }

    private static Envelope of(String code, JsonNode json) {
        JsonNode result = json.path("result");
        return new Envelope(
                code,
                oneLine(StarRocksJson.text(json, "message").orElse("")),
                result.isNull() ? MissingNode.getInstance() : result);
    }

    boolean isSuccess() {
        return code.equals("0");
    }

    /** The first line of what a service says, since some answer with a stack trace. */
    static String oneLine(String text) {
        String line = text.strip().lines().findFirst().orElse("").replaceAll("\\s*\\tat .*", "");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }
}
