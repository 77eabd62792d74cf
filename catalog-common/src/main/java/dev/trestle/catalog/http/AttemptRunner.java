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

import dev.trestle.catalog.http.AttemptResult.Answered;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;

/** Sends one request once, in the calling thread, and reads its answer to the end. */
final class AttemptRunner {

    private static final long READ_SIZE = 64 << 10;

    private final ServiceClient client;
    private final long maxAnswerBytes;
    private final Timing timing;
    private final FailureWords failureWords;
    private final BodiedGets bodiedGets;

    AttemptRunner(ServiceClient client, HttpSettings settings, Timing timing, FailureWords failureWords) {
        this.client = client;
        this.maxAnswerBytes = settings.maxAnswerBytes();
        this.timing = timing;
        this.failureWords = failureWords;
        this.bodiedGets = new BodiedGets(settings, timing, failureWords);
    }

    /**
     * Never throws what the network does: that is a result.
     *
     * @param limit from connecting to the last byte
     */
    AttemptResult run(Request request, AttemptTrace trace, Duration limit) {
        BodiedGets.Body bodyOfGet = request.tag(BodiedGets.Body.class);
        if (bodyOfGet != null) {
            return bodiedGets.run(request, bodyOfGet, trace, limit);
        }
        Call call = client.now().newCall(request);
        call.timeout().timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            byte[] body = read(response.body(), call);
            return new Answered(
                    response.code(),
                    response.headers(),
                    body,
                    trace.retryAfter().flatMap(value -> RetryAfter.parse(value, timing.now())));
        } catch (IOException | RuntimeException e) {
            return failureWords.describe(e, trace, limit);
        }
    }

    private byte[] read(ResponseBody body, Call call) throws IOException {
        if (body.contentLength() > maxAnswerBytes) {
            throw tooLong(call);
        }
        BufferedSource source = body.source();
        Buffer answer = new Buffer();
        while (source.read(answer, READ_SIZE) != -1) {
            if (answer.size() > maxAnswerBytes) {
                answer.clear();
                throw tooLong(call);
            }
        }
        return answer.readByteArray();
    }

    private AnswerTooLongException tooLong(Call call) {
        // Or closing the answer would read on for a while, in the hope of using the connection again.
        call.cancel();
        return new AnswerTooLongException(maxAnswerBytes);
    }

    /** The answer has more bytes than the settings allow. */
    static final class AnswerTooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        AnswerTooLongException(long limit) {
            super("more than " + limit + " bytes");
        }
    }
}
