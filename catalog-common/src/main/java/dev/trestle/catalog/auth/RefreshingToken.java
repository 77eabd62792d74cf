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
package dev.trestle.catalog.auth;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the token of a {@link TokenLoader} and gets the next one when a request needs it: some time before it expires,
 * when the loader has a newer one, or after the service refused it.
 *
 * <p>One thread at a time loads. The others go on with a token that is still valid, and wait for the load where there is
 * none. A load that fails is the error of the calls that had to wait for it and of no other: a valid token stays in use, and
 * the next attempt is made a little later.
 */
public final class RefreshingToken<T extends ExpiringToken> implements TokenSource<T> {

    private static final Logger LOG = LoggerFactory.getLogger(RefreshingToken.class);

    /** How long before its expiration a token is replaced at most; a token with a short life is replaced at 3/4 of it. */
    private static final Duration LONGEST_MARGIN = Duration.ofHours(1);

    private static final int SHARE_OF_LIFE = 4;

    private static final Duration RETRY_DELAY = Duration.ofSeconds(10);

    /** Requests that were under way together are refused together: the first one's new token serves the others. */
    private static final Duration REFUSED_TOGETHER = Duration.ofSeconds(10);

    private final String kind;
    private final TokenLoader<T> loader;
    private final TokenLoads loads;
    private final Clock clock;
    private final AtomicReference<CompletableFuture<T>> flight = new AtomicReference<>();

    /** Empty before the first load and after {@link #invalidate}. */
    private final AtomicReference<Held<T>> held = new AtomicReference<>();

    private Instant lastInvalidated = Instant.EPOCH;

    /**
     * Loads nothing yet.
     *
     * @param kind what the tokens are, for messages, such as {@code DLF}
     * @param loads told about each attempt to load one
     */
    public RefreshingToken(String kind, TokenLoader<T> loader, TokenLoads loads, Clock clock) {
        this.kind = requireNonNull(kind, "kind is null");
        this.loads = requireNonNull(loads, "loads is null");
        this.loader = requireNonNull(loader, "loader is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public T getOrRefreshToken() {
        while (true) {
            Held<T> current = held.get();
            Instant now = clock.instant();
            if (isFresh(current, now)) {
                return current.token;
            }
            CompletableFuture<T> ours = new CompletableFuture<>();
            CompletableFuture<T> theirs = flight.compareAndExchange(null, ours);
            if (theirs == null) {
                return loadForAll(ours);
            }
            if (isValid(current, now)) {
                return current.token;
            }
            try {
                return await(theirs);
            } catch (CancellationException e) {
                LOG.debug("The thread that loaded a token was interrupted: trying again in this one");
            }
        }
    }

    private static boolean isValid(Held<?> current, Instant now) {
        return current != null && !current.hasExpired(now);
    }

    private boolean isFresh(Held<?> current, Instant now) {
        return isValid(current, now)
                && (now.isBefore(current.notBefore) || (now.isBefore(current.refreshAt) && !loader.hasNewerToken()));
    }

    private T loadForAll(CompletableFuture<T> ourFlight) {
        try {
            T token = loadUnlessFresh();
            ourFlight.complete(token);
            return token;
        } catch (RuntimeException | Error e) {
            if (Thread.currentThread().isInterrupted()) {
                // Only this thread was asked to stop.
                ourFlight.cancel(false);
            } else {
                ourFlight.completeExceptionally(e);
            }
            throw e;
        } finally {
            flight.set(null);
        }
    }

    private T loadUnlessFresh() {
        Held<T> current = held.get();
        Instant now = clock.instant();
        if (isFresh(current, now)) {
            // Another flight landed between this thread's look at the token and the start of its own.
            return current.token;
        }
        try {
            T token = loadAndReport();
            held.set(Held.of(token, clock.instant()));
            return token;
        } catch (AuthenticationException e) {
            // To load one may have taken longer than the delay, or than the present one is good.
            Instant failed = clock.instant();
            if (!isValid(current, failed)) {
                throw e;
            }
            LOG.warn("Keeping the present {} token, since another could not be loaded: {}", kind, e.getMessage());
            held.compareAndSet(current, current.notRefreshedBefore(failed.plus(RETRY_DELAY)));
            return current.token;
        }
    }

    private T loadAndReport() {
        boolean loaded = false;
        try {
            T token = load();
            loaded = true;
            return token;
        } finally {
            loads.loadEnded(loaded);
        }
    }

    private T load() {
        T token;
        try {
            token = loader.loadToken();
        } catch (AuthenticationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new AuthenticationException(
                    "No " + kind + " token from " + loader.description() + " ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
        if (token == null) {
            throw new AuthenticationException("No " + kind + " token from " + loader.description());
        }
        Instant now = clock.instant();
        if (token.expiration().filter(moment -> !now.isBefore(moment)).isPresent()) {
            throw new AuthenticationException("The " + kind + " token from " + loader.description() + " expired at "
                    + token.expiration().get() + "; by this machine's clock it is " + now);
        }
        LOG.debug("Loaded from {}: {}", loader.description(), token);
        return token;
    }

    private T await(CompletableFuture<T> flightOfOther) {
        try {
            return flightOfOther.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthenticationException("Interrupted while waiting for the " + kind + " token", e);
        } catch (ExecutionException e) {
            throw new AuthenticationException(e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public synchronized boolean invalidate() {
        Instant now = clock.instant();
        if (held.get() != null && Duration.between(lastInvalidated, now).compareTo(REFUSED_TOGETHER) > 0) {
            lastInvalidated = now;
            held.set(null);
        }
        return true;
    }

    @Override
    public void close() {
        loader.close();
    }

    /**
     * @param refreshAt from when it is to be replaced; {@link Instant#MAX} where it never expires
     * @param notBefore until when it is left alone after a failed attempt to replace it
     */
    private record Held<T extends ExpiringToken>(T token, Instant refreshAt, Instant notBefore) {

        static <T extends ExpiringToken> Held<T> of(T token, Instant now) {
            return new Held<>(
                    token, token.expiration().map(end -> refreshAt(now, end)).orElse(Instant.MAX), now);
        }

        private static Instant refreshAt(Instant now, Instant expiration) {
            Duration margin = Duration.between(now, expiration).dividedBy(SHARE_OF_LIFE);
            return expiration.minus(margin.compareTo(LONGEST_MARGIN) < 0 ? margin : LONGEST_MARGIN);
        }

        boolean hasExpired(Instant now) {
            return token.expiration().filter(end -> !now.isBefore(end)).isPresent();
        }

        Held<T> notRefreshedBefore(Instant moment) {
            return new Held<>(token, refreshAt, moment);
        }
    }
}
