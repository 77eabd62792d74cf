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
package dev.trestle.trino.security;

import static java.util.concurrent.TimeUnit.MINUTES;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.Duration;
import io.airlift.units.MinDuration;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Set;

/** What holds where {@code trestle.security} is {@code user-token}. */
public class UserTokenConfig {

    /** The property that says what becomes of a session without a token. */
    public static final String FALLBACK = "trestle.user-token.fallback";

    private static final String CREDENTIAL = "trestle.user-token.credential";
    private static final String MAX_IDENTITIES = "trestle.user-token.max-identities";
    private static final String EXPIRE_AFTER = "trestle.user-token.expire-after";

    /** Every property of this class. */
    public static final Set<String> PROPERTIES = Set.of(FALLBACK, CREDENTIAL, MAX_IDENTITIES, EXPIRE_AFTER);

    /** What becomes of a session that carries no token. */
    public enum Fallback {
        /** It speaks to the service as the catalog itself. */
        CATALOG,
        /** It is refused. */
        DENY
    }

    private Fallback fallback = Fallback.DENY;
    private String credential = "trestle.token";
    private int maxIdentities = 1_000;
    private Duration expireAfter = new Duration(10, MINUTES);

    @NotNull
    public Fallback getFallback() {
        return fallback;
    }

    @Config(FALLBACK)
    @ConfigDescription("What becomes of a session without a token: catalog, it speaks as the catalog itself; deny")
    public UserTokenConfig setFallback(Fallback fallback) {
        this.fallback = fallback;
        return this;
    }

    @NotBlank
    public String getCredential() {
        return credential;
    }

    @Config(CREDENTIAL)
    @ConfigDescription("The name of the extra credential in which a session carries the user's token")
    public UserTokenConfig setCredential(String credential) {
        this.credential = credential;
        return this;
    }

    @Min(1)
    public int getMaxIdentities() {
        return maxIdentities;
    }

    @Config(MAX_IDENTITIES)
    @ConfigDescription("For how many tokens a connection and what was learned over it are kept")
    public UserTokenConfig setMaxIdentities(int maxIdentities) {
        this.maxIdentities = maxIdentities;
        return this;
    }

    @NotNull
    @MinDuration("1s")
    public Duration getExpireAfter() {
        return expireAfter;
    }

    @Config(EXPIRE_AFTER)
    @ConfigDescription("How long they are kept when no query uses them")
    public UserTokenConfig setExpireAfter(Duration expireAfter) {
        this.expireAfter = expireAfter;
        return this;
    }
}
