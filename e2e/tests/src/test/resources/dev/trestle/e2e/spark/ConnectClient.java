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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A user's program, which has Spark Connect's client and nothing else: {@code ConnectClient REMOTE OUTPUT STATEMENT…}. The JDK
 * runs it from this source. The file gets each statement, and after it each row, or why it failed.
 */
public final class ConnectClient {

    private ConnectClient() {}

    public static void main(String[] args) throws Exception {
        List<String> lines = new ArrayList<>();
        SparkSession spark = SparkSession.builder().remote(args[0]).getOrCreate();
        for (String statement : Arrays.asList(args).subList(2, args.length)) {
            lines.add("> " + statement);
            try {
                for (Row row : spark.sql(statement).collectAsList()) {
                    lines.add(row.mkString("|"));
                }
            } catch (Exception e) {
                // Spark throws checked exceptions from methods that declare none.
                lines.add("! " + e.getMessage().lines().findFirst().orElse(""));
            }
        }
        Files.write(Path.of(args[1]), lines);
        spark.close();
    }
}
