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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Response;

/** What OkHttp did in one attempt: and how far it got. Travels as the request's tag. */
final class AttemptTrace extends EventListener {

    /** Finds the trace of the request that a call is for. */
    static final EventListener.Factory FACTORY = call -> call.request().tag(AttemptTrace.class);

    private final boolean checkConnection;

    private volatile boolean connecting;
    private volatile boolean securing;
    private volatile boolean writing;
    private volatile boolean answering;
    private volatile boolean foundDeadConnection;
    private volatile boolean viaProxy;
    private volatile Optional<String> retryAfter = Optional.empty();

    /** @param checkConnection whether a pooled connection has to prove that it lives before anything is written to it */
    AttemptTrace(boolean checkConnection) {
        this.checkConnection = checkConnection;
    }

    boolean checkConnection() {
        return checkConnection;
    }

    /** Whether a new connection was begun, rather than a pooled one taken. */
    boolean connecting() {
        return connecting;
    }

    /** Whether that new connection got as far as TLS. */
    boolean securing() {
        return securing;
    }

    /** Whether writing the request has begun. */
    boolean writing() {
        return writing;
    }

    /** Whether the head of the answer has arrived. */
    boolean answering() {
        return answering;
    }

    boolean foundDeadConnection() {
        return foundDeadConnection;
    }

    boolean viaProxy() {
        return viaProxy;
    }

    /** The answer's header Retry-After, which {@link RepeatGuard} keeps from OkHttp. */
    Optional<String> retryAfter() {
        return retryAfter;
    }

    void foundDeadConnection(boolean found) {
        foundDeadConnection = found;
    }

    void retryAfter(Optional<String> value) {
        retryAfter = value;
    }

    /** Told by the way a client failed that reports no events. */
    void securing(boolean begun) {
        connecting = begun;
        securing = begun;
    }

    /** Told by the way a client failed that reports no events. */
    void writing(boolean begun) {
        connecting = begun;
        writing = begun;
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        connecting = true;
        securing = false;
        viaProxy = proxy.type() != Proxy.Type.DIRECT;
    }

    @Override
    public void secureConnectStart(Call call) {
        securing = true;
    }

    @Override
    public void requestHeadersStart(Call call) {
        writing = true;
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        answering = true;
    }

    /** Nothing was written, because the pooled connection had been closed by the other side. */
    static final class DeadConnectionException extends IOException {
        private static final long serialVersionUID = 1L;

        DeadConnectionException() {
            super("the pooled connection was closed by the other side");
        }
    }
}
