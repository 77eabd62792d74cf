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
package dev.trestle.trino;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.http.CallContext;
import io.trino.spi.connector.ConnectorMergeSink;
import io.trino.spi.connector.ConnectorPageSink;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * Names the query in every call to the service that is made for it: each method that Trino calls with a session, and each
 * method of what such a method has answered, runs in the scope of that session's query.
 */
final class QueryScope {

    /** What goes on working for a query after the method that made it has ended. */
    private static final Set<Class<?>> WORKS_ON = Set.of(
            ConnectorSplitSource.class,
            ConnectorPageSource.class,
            ConnectorPageSink.class,
            ConnectorMergeSink.class,
            Iterator.class);

    private QueryScope() {}

    /** A target that is called within the scope of the query that each call is for. */
    static <T> T of(Class<T> type, T target) {
        return proxy(type, requireNonNull(target, "target is null"), Optional.empty());
    }

    private static <T> T proxy(Class<T> type, Object target, Optional<String> queryId) {
        return type.cast(Proxy.newProxyInstance(
                QueryScope.class.getClassLoader(), new Class<?>[] {type}, new Scoped(target, queryId)));
    }

    private record Scoped(Object target, Optional<String> queryId) implements InvocationHandler {

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            Optional<String> query = queryOf(arguments).or(() -> queryId);
            if (query.isEmpty()) {
                return call(method, arguments);
            }
            Object answer;
            try (CallContext.Scope scope = CallContext.withQueryId(query.get())) {
                answer = call(method, arguments);
            }
            return answer != null && WORKS_ON.contains(method.getReturnType())
                    ? proxy(method.getReturnType(), answer, query)
                    : answer;
        }

        private Object call(Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private static Optional<String> queryOf(Object[] arguments) {
            return arguments == null
                    ? Optional.empty()
                    : Arrays.stream(arguments)
                            .filter(ConnectorSession.class::isInstance)
                            .map(session -> ((ConnectorSession) session).getQueryId())
                            .findFirst();
        }
    }
}
