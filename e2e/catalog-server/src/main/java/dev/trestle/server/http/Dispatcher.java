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

import dev.trestle.server.http.RouteHandler.RoutedCall;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a call through its stations: route, authenticate, count, handle, log. Whatever is thrown on the way becomes an
 * error answer. Thread-safe.
 */
public final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Logger ACCESS = LoggerFactory.getLogger("dev.trestle.server.access");
    private static final Pattern SANE_REQUEST_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final Router management;
    private final Router api;
    private final Authenticator authenticator;
    private final CallCounts counts;
    private final List<Conventions> conventions;

    /**
     * A dispatcher.
     *
     * @param management routes that need no authentication and are not counted
     * @param conventions the first that hold for a call's path count; some must hold for any path
     */
    public Dispatcher(
            List<Route> management,
            List<Route> api,
            Authenticator authenticator,
            CallCounts counts,
            List<Conventions> conventions) {
        this.management = new Router(management);
        this.api = new Router(api);
        this.authenticator = authenticator;
        this.counts = counts;
        this.conventions = List.copyOf(conventions);
    }

    /** Answers a call; never throws. */
    public Answer dispatch(Call call) {
        long start = System.nanoTime();
        Conventions here = conventions.stream()
                .filter(candidate -> candidate.holdFor(call))
                .findFirst()
                .orElseThrow();
        ErrorAnswers errors = here.errors();
        String requestId = call.header(here.requestIdHeader())
                .filter(id -> SANE_REQUEST_ID.matcher(id).matches())
                .orElseGet(() -> UUID.randomUUID().toString());
        String operation = "-";
        Answer answer;
        try {
            Optional<Router.Match> managed = managed(call);
            Router.Match match = managed.isPresent() ? managed.get() : api.route(call);
            operation = match.route().operation();
            answer = managed.isPresent() ? handle(call, match, "-") : authenticated(call, match, errors);
        } catch (HttpException e) {
            answer = errors.of(e.status(), e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            answer = errors.of(e);
            if (answer.status() >= 500 && answer.status() != 501) {
                LOG.error("{} {} failed, request {}", call.method(), call.path(), requestId, e);
            }
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        ACCESS.info(
                "{} {} {} {} {} ms request={}",
                call.method(),
                call.path(),
                operation,
                answer.status(),
                millis,
                requestId);
        return answer.with(here.requestIdHeader(), requestId);
    }

    private Optional<Router.Match> managed(Call call) {
        try {
            return Optional.of(management.route(call));
        } catch (HttpException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Answer authenticated(Call call, Router.Match match, ErrorAnswers errors) {
        counts.count(match.route().operation());
        Authenticator.Result result = authenticator.authenticate(call);
        if (result instanceof Authenticator.Accepted accepted) {
            return handle(call, match, accepted.user());
        }
        return errors.of(401, ((Authenticator.Rejected) result).reason());
    }

    private static Answer handle(Call call, Router.Match match, String user) {
        return match.route().handler().handle(new RoutedCall(call, match.variables(), user));
    }
}
