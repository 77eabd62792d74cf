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

import static io.airlift.configuration.testing.ConfigAssertions.assertFullMapping;
import static io.airlift.configuration.testing.ConfigAssertions.assertRecordedDefaults;
import static io.airlift.configuration.testing.ConfigAssertions.recordDefaults;
import static io.airlift.units.DataSize.Unit.KILOBYTE;
import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.trino.security.AccessControlConfig;
import dev.trestle.trino.security.AccessControlConfig.AccessControl;
import dev.trestle.trino.security.IdentityConfig;
import dev.trestle.trino.security.IdentitySource;
import dev.trestle.trino.security.UserTokenConfig;
import dev.trestle.trino.security.UserTokenConfig.Fallback;
import io.airlift.units.DataSize;
import io.airlift.units.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TrestleConfigTest {

    @Test
    void defaultsOfTheConnector() {
        assertRecordedDefaults(recordDefaults(TrestleConfig.class)
                .setDynamicFilteringWaitTimeout(new Duration(1, SECONDS))
                .setRemoveOrphanFilesMinRetention(new Duration(1, DAYS))
                .setParquetSmallFileThreshold(DataSize.of(3, MEGABYTE)));
    }

    @Test
    void mappingsOfTheConnector() {
        Map<String, String> properties = Map.of(
                "trestle.dynamic-filtering.wait-timeout", "5s",
                "trestle.remove-orphan-files.min-retention", "3h",
                "trestle.parquet.small-file-threshold", "64kB");

        assertFullMapping(
                properties,
                new TrestleConfig()
                        .setDynamicFilteringWaitTimeout(new Duration(5, SECONDS))
                        .setRemoveOrphanFilesMinRetention(new Duration(3, TimeUnit.HOURS))
                        .setParquetSmallFileThreshold(DataSize.of(64, KILOBYTE)));
        assertThat(TrestleConfig.PROPERTIES).isEqualTo(properties.keySet());
    }

    @Test
    void defaultsOfTheIdentity() {
        assertRecordedDefaults(recordDefaults(IdentityConfig.class).setSecurity(IdentitySource.NONE));
    }

    @Test
    void mappingsOfTheIdentity() {
        assertFullMapping(
                Map.of("trestle.security", "user-token"), new IdentityConfig().setSecurity(IdentitySource.USER_TOKEN));
    }

    @Test
    void defaultsOfUserTokens() {
        assertRecordedDefaults(recordDefaults(UserTokenConfig.class)
                .setFallback(Fallback.DENY)
                .setCredential("trestle.token")
                .setMaxIdentities(1_000)
                .setExpireAfter(new Duration(10, TimeUnit.MINUTES)));
    }

    @Test
    void mappingsOfUserTokens() {
        Map<String, String> properties = Map.of(
                "trestle.user-token.fallback", "catalog",
                "trestle.user-token.credential", "lake-token",
                "trestle.user-token.max-identities", "7",
                "trestle.user-token.expire-after", "30s");

        assertFullMapping(
                properties,
                new UserTokenConfig()
                        .setFallback(Fallback.CATALOG)
                        .setCredential("lake-token")
                        .setMaxIdentities(7)
                        .setExpireAfter(new Duration(30, SECONDS)));
        assertThat(UserTokenConfig.PROPERTIES).isEqualTo(properties.keySet());
    }

    @Test
    void defaultsOfAccessControl() {
        assertRecordedDefaults(recordDefaults(AccessControlConfig.class).setAccessControl(AccessControl.ALLOW_ALL));
    }

    @Test
    void mappingsOfAccessControl() {
        assertFullMapping(
                Map.of("trestle.access-control", "read-only"),
                new AccessControlConfig().setAccessControl(AccessControl.READ_ONLY));
    }
}
