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

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.hadoop.HadoopFileIO;
import org.apache.paimon.options.Options;

/**
 * A Hadoop file system with a credential of its own. Hadoop's cache of file systems knows no credentials, so that two tables
 * of a bucket would share one of them: this one stays out of it, and is closed by its owner.
 */
final class HadoopFiles extends HadoopFileIO {

    private static final long serialVersionUID = 1L;

    private static final Map<String, String> IMPLEMENTATIONS = Map.of(
            "fs.oss.impl", "org.apache.hadoop.fs.aliyun.oss.AliyunOSSFileSystem",
            "fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");

    private HadoopFiles(Path path) {
        super(path);
    }

    /** @param options the catalog's and the credential's */
    static HadoopFiles open(Path path, CatalogContext context, Map<String, String> options) {
        Configuration configuration = new Configuration(context.hadoopConf());
        options.forEach((key, value) -> {
            if (key.startsWith("fs.")) {
                configuration.set(key, value);
            }
            StorageKeys.s3a(key).ifPresent(name -> configuration.set(name, value));
        });
        IMPLEMENTATIONS.forEach((key, implementation) -> {
            if (configuration.get(key) == null) {
                configuration.set(key, implementation);
            }
        });
        HadoopFiles files = new HadoopFiles(path);
        files.configure(CatalogContext.create(Options.fromMap(options), configuration));
        return files;
    }

    @Override
    protected FileSystem createFileSystem(org.apache.hadoop.fs.Path path) throws IOException {
        return FileSystem.newInstance(path.toUri(), hadoopConf());
    }

    @Override
    public void close() throws IOException {
        if (fsMap != null) {
            for (FileSystem fileSystem : fsMap.values()) {
                fileSystem.close();
            }
        }
    }
}
