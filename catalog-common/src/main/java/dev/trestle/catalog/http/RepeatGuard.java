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

import dev.trestle.catalog.http.AttemptTrace.DeadConnectionException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Stands right above the wire, so that whether a request is sent twice is our decision alone.
 *
 * <p>OkHttp repeats a 503 with <code>Retry-After: 0</code> by itself whatever its settings, with a signature that has been
 * used: the header is kept from it. And OkHttp does not look whether a connection that has been idle for less than ten
 * seconds is still open, so that a change could be written to a dead one and its outcome be unknown for nothing: for
 * changes this looks first.
 */
final class RepeatGuard implements Interceptor {

    private static final String RETRY_AFTER = "Retry-After";

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        AttemptTrace trace = request.tag(AttemptTrace.class);
        if (trace.writing()) {
            throw new IOException("a request is sent once only");
        }
        if (trace.checkConnection() && !trace.connecting()) {
            requireAlive(chain.connection(), trace);
        }
        Response response = chain.proceed(request);
        trace.retryAfter(Optional.ofNullable(response.header(RETRY_AFTER)));
        return response.newBuilder().removeHeader(RETRY_AFTER).build();
    }

    private static void requireAlive(Connection connection, AttemptTrace trace) throws IOException {
        // HTTP/2 connections have a reader of their own, which notices.
        if (connection.protocol() == Protocol.HTTP_1_1 && !isSilent(connection.socket())) {
            trace.foundDeadConnection(true);
            throw new DeadConnectionException();
        }
    }

    /** Between two exchanges nothing arrives on a live connection: neither its end nor a byte. */
    private static boolean isSilent(Socket socket) {
        try {
            int timeout = socket.getSoTimeout();
            try {
                socket.setSoTimeout(1);
                socket.getInputStream().read();
                // Its end, or a byte that belongs to no answer.
                return false;
            } finally {
                socket.setSoTimeout(timeout);
            }
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
