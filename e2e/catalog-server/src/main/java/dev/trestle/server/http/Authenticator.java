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
package dev.trestle.server.http;

import java.util.List;

/** Verifies what a call says about its sender. Implementations are thread-safe and keep secrets out of their words. */
@FunctionalInterface
public interface Authenticator {

    /** Accepts a call or rejects it. */
    Result authenticate(Call call);

    /** What callers who are not known yet may ask of it, such as a token. */
    default List<Route> routes() {
        return List.of();
    }

    /** The outcome. */
    sealed interface Result permits Accepted, Rejected {}

    /** The sender is known. */
    record Accepted(String user) implements Result {}

    /** The sender is not known; the reason is for the sender to read, and holds no secret. */
    record Rejected(String reason) implements Result {}

    /** Accepts every call. */
    static Authenticator none() {
        return call -> new Accepted("anonymous");
    }

    /** Accepts what one of them accepts; without any, every call. */
    static Authenticator anyOf(List<Authenticator> authenticators) {
        if (authenticators.isEmpty()) {
            return none();
        }
        return call -> {
            Rejected rejected = new Rejected("Not authorized.");
            for (Authenticator authenticator : authenticators) {
                Result result = authenticator.authenticate(call);
                if (result instanceof Accepted) {
                    return result;
                }
                rejected = (Rejected) result;
            }
            return rejected;
        };
    }
}
