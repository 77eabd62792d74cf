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
package dev.trestle.trino.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Azure's blob store as Azurite serves it, which npm brings: a process, with one account, in which there is one container.
 *
 * <p>Trino asks {@code https://account.blob.endpoint}, at the port of HTTPS and no other. So this JVM is given a proxy, which
 * leads to the process, and the certificate that the process has, for as long as it runs.
 */
final class Azurite implements AutoCloseable {

    static final String KEY = Base64.getEncoder().encodeToString("opens what a test has made".getBytes(UTF_8));

    private static final Logger LOG = LoggerFactory.getLogger(Azurite.class);

    private static final String VERSION = "3.35.0";
    private static final String ACCOUNT = "trestle";
    private static final String CONTAINER = "lake";
    private static final String BLOBS = ACCOUNT + ".blob.core.windows.net";
    private static final String DATA_LAKE = ACCOUNT + ".dfs.core.windows.net";
    private static final String PASSWORD = "of-the-key-store";
    private static final Pattern LISTENS = Pattern.compile("successfully listens on https://127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final DataLakeEndpoint dataLake;
    private final Tunnel tunnel;
    private final Map<String, String> properties;
    private final BlobContainerClient container;

    private Azurite(Process process, DataLakeEndpoint dataLake, Tunnel tunnel, Path certificate) {
        this.process = process;
        this.dataLake = dataLake;
        this.tunnel = tunnel;
        this.properties = Map.of(
                "https.proxyHost",
                "127.0.0.1",
                "https.proxyPort",
                Integer.toString(tunnel.port()),
                "javax.net.ssl.trustStore",
                certificate.toString(),
                "javax.net.ssl.trustStorePassword",
                PASSWORD,
                "javax.net.ssl.trustStoreType",
                "PKCS12");
        properties.forEach(System::setProperty);
        this.container = new BlobContainerClientBuilder()
                .endpoint("https://" + BLOBS)
                .credential(new StorageSharedKeyCredential(ACCOUNT, KEY))
                .containerName(CONTAINER)
                .buildClient();
    }

    /** Whether Node and npm are there. That they are not goes to the log too: Maven prints no reason of a skipped class. */
    static boolean canBeStarted() {
        List<Path> path = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        boolean there = Stream.of("node", "npm")
                .allMatch(
                        program -> path.stream().anyMatch(directory -> Files.isExecutable(directory.resolve(program))));
        if (!there) {
            LOG.warn("AzureFilesTest is skipped: Node and npm, which bring Azurite, are not on the PATH");
        }
        return there;
    }

    /** @param directory gets the certificate and logs */
    static Azurite start(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Path program = install(directory);
        Path certificate = directory.resolve("azurite.p12");
        run(
                directory,
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "azurite",
                "-keyalg",
                "EC",
                "-dname",
                "CN=Azurite",
                "-ext",
                "SAN=dns:" + BLOBS + ",dns:" + DATA_LAKE,
                "-storetype",
                "PKCS12",
                "-keystore",
                certificate.toString(),
                "-storepass",
                PASSWORD);
        ProcessBuilder command = new ProcessBuilder(
                        "node",
                        program.toString(),
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        "0",
                        "--cert",
                        certificate.toString(),
                        "--pwd",
                        PASSWORD,
                        "--inMemoryPersistence",
                        "--silent",
                        "--skipApiVersionCheck",
                        "--disableTelemetry")
                .directory(directory.toFile())
                .redirectErrorStream(true);
        command.environment().put("AZURITE_ACCOUNTS", ACCOUNT + ":" + KEY);
        Process process = command.start();
        try {
            DataLakeEndpoint dataLake = DataLakeEndpoint.start(certificate, PASSWORD);
            Tunnel tunnel = Tunnel.start(Map.of(BLOBS, awaitPort(process), DATA_LAKE, dataLake.port()));
            Azurite azurite = new Azurite(process, dataLake, tunnel, certificate);
            azurite.container.create();
            return azurite;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Where the program is, once npm has brought it into this module's output. */
    private static Path install(Path directory) throws IOException, InterruptedException {
        Path home = Path.of("target", "azurite").toAbsolutePath();
        Path program = home.resolve("node_modules/azurite/dist/src/blob/main.js");
        if (!Files.exists(program)) {
            Files.createDirectories(home);
            run(
                    directory,
                    "npm",
                    "install",
                    "--prefix",
                    home.toString(),
                    "--no-save",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "azurite@" + VERSION);
        }
        return program;
    }

    private static void run(Path directory, String... command) throws IOException, InterruptedException {
        Path log = directory.resolve("install.log");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        if (!ended || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + Files.readString(log));
        }
    }

    private static int awaitPort(Process process) throws IOException {
        StringBuilder said = new StringBuilder();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                return Integer.parseInt(listens.group(1));
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("Azurite ended before it was ready: " + said);
    }

    /** A directory of the container, without a slash at its end. */
    static String location(String directory) {
        return "abfs://" + CONTAINER + "@" + DATA_LAKE + "/" + directory;
    }

    @Override
    public void close() throws IOException {
        properties.keySet().forEach(System::clearProperty);
        tunnel.close();
        dataLake.close();
        process.destroyForcibly().onExit().join();
    }
}
