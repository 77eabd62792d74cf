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
package dev.trestle.catalog.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.catalog.api.DataTokenApi.DataToken;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.Path;
import org.apache.paimon.options.Options;
import org.junit.jupiter.api.Test;

/** How a vended credential and the catalog's options become those of a file system. */
class VendedOptionsTest {

    private static final Identifier T = Identifier.create("db", "t");

    @Test
    void noPartOfTheUsersOwnKeyIsLeftBesideAVendedOne() {
        assertThat(StorageKeys.merge(
                        Map.of(
                                "fs.s3a.access.key", "own",
                                "s3.secret-key", "own",
                                "s3.session.token", "own",
                                "s3.endpoint", "http://there",
                                "fs.oss.securityToken", "own"),
                        Map.of("s3.access-key", "vended", "s3.secret-key", "vended")))
                .isEqualTo(Map.of(
                        "s3.access-key", "vended",
                        "s3.secret-key", "vended",
                        "s3.endpoint", "http://there",
                        "fs.oss.securityToken", "own"));
    }

    @Test
    void hadoopsFileSystemsGetTheKeysOfDlf() throws Exception {
        HadoopFiles files = hadoopFiles(Map.of(), Map.of("fs.oss.accessKeyId", "id", "fs.oss.endpoint", "vended"));

        assertThat(files.hadoopConf().get("fs.oss.accessKeyId")).isEqualTo("id");
        assertThat(files.hadoopConf().get("fs.oss.endpoint")).isEqualTo("vended");
        assertThat(files.hadoopConf().get("fs.oss.impl")).contains("AliyunOSSFileSystem");
    }

    @Test
    void theUsersOssEndpointGoesBeforeTheVendedOne() throws Exception {
        HadoopFiles files = hadoopFiles(Map.of("dlf.oss-endpoint", "internal"), Map.of("fs.oss.endpoint", "vended"));

        assertThat(files.hadoopConf().get("fs.oss.endpoint")).isEqualTo("internal");
    }

    @Test
    void hadoopsS3FileSystemGetsTheKeysUnderItsOwnNames() throws Exception {
        HadoopFiles files = hadoopFiles(Map.of("s3a.path-style-access", "true"), Map.of("s3.access-key", "id"));

        assertThat(files.hadoopConf().get("fs.s3a.access.key")).isEqualTo("id");
        assertThat(files.hadoopConf().get("fs.s3a.path.style.access")).isEqualTo("true");
    }

    private static HadoopFiles hadoopFiles(Map<String, String> options, Map<String, String> vended) throws Exception {
        try (VendedFiles files = new VendedFiles(
                table -> new DataToken(vended, Long.MAX_VALUE),
                CatalogContext.create(Options.fromMap(new HashMap<>(options))),
                Clock.systemUTC())) {
            LeasedFiles leased = files.acquire(T, new Path("oss://bucket/t"));
            try {
                return (HadoopFiles) leased.fileIO();
            } finally {
                leased.release();
            }
        }
    }
}
