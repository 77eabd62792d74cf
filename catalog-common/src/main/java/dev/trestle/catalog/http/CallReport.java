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

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a call when it has ended: one line of the log, and a call in the metrics.
 *
 * @param wanted whether somebody waited for the answer to the end; a call that was interrupted did not fail
 */
record CallReport(
        String operation,
        String inWords,
        Optional<Integer> status,
        int attempts,
        Duration elapsed,
        String requestId,
        Optional<String> queryId,
        boolean wanted) {

    /** The transport's, by whose name the documentation tells users to switch the lines on. */
    private static final Logger LOG = LoggerFactory.getLogger(OkHttpTransport.class);

    void to(HttpMetrics metrics) {
        boolean failed = wanted && status.map(CallReport::isFailure).orElse(true);
        metrics.callEnded(operation, attempts, elapsed, failed);
        boolean warn = failed && attempts > 1;
        if (!warn && !LOG.isDebugEnabled()) {
            return;
        }
        String line = "%s: %s, attempts %d, %d ms, request id %s, query %s"
                .formatted(
                        inWords,
                        status.map(code -> "status " + code).orElse("no answer"),
                        attempts,
                        elapsed.toMillis(),
                        requestId,
                        queryId.orElse("-"));
        // What fails after repeats is worth a look even where the caller copes with it.
        if (warn) {
            LOG.warn(line);
        } else {
            LOG.debug(line);
        }
    }

    private static boolean isFailure(int status) {
        return (status < 200 || status > 299) && status != 404 && status != 409;
    }
}
