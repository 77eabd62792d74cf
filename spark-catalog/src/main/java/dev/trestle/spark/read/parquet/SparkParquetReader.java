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
package dev.trestle.spark.read.parquet;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.execution.datasources.parquet.VectorizedParquetRecordReader;

/**
 * Makes Spark's vectorized reader of row groups. Of its ways to begin, all but one open the file by Hadoop's file systems;
 * that one takes the row groups from an interface that is public in no release, so that it can only be implemented at run
 * time. The reader and its interface are the same from 3.5 to 4.2.
 */
final class SparkParquetReader {

    /** Paimon writes days and instants of one calendar, the same as Spark's. */
    private static final String REBASE_NOTHING = "CORRECTED";

    private static final String ZONE = "UTC";

    private static final Optional<Method> INITIALIZE = Arrays.stream(VectorizedParquetRecordReader.class.getMethods())
            .filter(SparkParquetReader::takesRowGroups)
            .findFirst();

    private static final List<Class<?>> MADE_WITH =
            List.of(ZoneId.class, String.class, String.class, String.class, String.class, boolean.class, int.class);

    private SparkParquetReader() {}

    private static boolean takesRowGroups(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return method.getName().equals("initialize")
                && parameters.length == 4
                && parameters[0] == MessageType.class
                && parameters[1] == MessageType.class
                && parameters[2].isInterface()
                && parameters[3] == int.class;
    }

    /** Whether this release of Spark has a reader that can be used so. */
    static boolean isThere() {
        return INITIALIZE.isPresent()
                && Arrays.stream(VectorizedParquetRecordReader.class.getConstructors())
                        .anyMatch(
                                made -> Arrays.asList(made.getParameterTypes()).equals(MADE_WITH));
    }

    /**
     * A reader that closes the file when it is closed.
     *
     * @param file to read the columns of a schema from
     * @param rows of the row groups to be read, altogether
     * @param rowsOfABatch at most
     * @param offHeap whether the vectors are outside of Java's heap
     */
    static VectorizedParquetRecordReader open(
            ParquetFileReader file, MessageType schema, int rows, int rowsOfABatch, boolean offHeap)
            throws IOException {
        Method initialize = INITIALIZE.orElseThrow();
        VectorizedParquetRecordReader reader = new VectorizedParquetRecordReader(
                null, REBASE_NOTHING, ZONE, REBASE_NOTHING, ZONE, offHeap, rowsOfABatch);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Spark makes a new configuration of Hadoop here, and sets in it all that it asks it for. Hadoop's files, which
        // take longer
        // to parse than small row groups to read, are not found by this loader.
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            initialize.invoke(
                    reader,
                    file.getFileMetaData().getSchema(),
                    schema,
                    rowGroups(file, initialize.getParameterTypes()[2]),
                    rows);
            return reader;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IOException("Spark's Parquet reader cannot read " + file.getFile(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Spark's Parquet reader cannot be begun", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Object rowGroups(ParquetFileReader file, Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "readNextRowGroup" -> {
                    return file.readNextFilteredRowGroup();
                }
                case "close" -> {
                    file.close();
                    return null;
                }
                case "toString" -> {
                    return "row groups of " + file.getFile();
                }
                default -> throw new UnsupportedOperationException("Spark asks row groups for " + method);
            }
        });
    }
}
