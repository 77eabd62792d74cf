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
package dev.trestle.server.fault;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request or an answer of HTTP/1.1 (RFC 9112), byte for byte as it came.
 *
 * @param head the start line and the headers, up to and with the empty line
 * @param body with its framing, if it came in chunks
 */
record HttpMessage(byte[] head, byte[] body) {

    private static final int MAXIMUM_HEAD = 1 << 20;

    /** Reads a request's head and body; absent if the connection ends before it begins. */
    static Optional<HttpMessage> readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            if (b < 0) {
                if (head.size() == 0) {
                    return Optional.empty();
                }
                throw new EOFException("The connection ended within a head");
            }
            head.write(b);
            if (head.size() > MAXIMUM_HEAD) {
                throw new IOException("The head is too large");
            }
            matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
        return Optional.of(new HttpMessage(head.toByteArray(), new byte[0]));
    }

    /** The same message with the body of a request, which has one only if its headers say so. */
    HttpMessage withRequestBody(InputStream in) throws IOException {
        return new HttpMessage(head, readFramed(in).orElse(new byte[0]));
    }

    /** The same message with the body of an answer, which lasts until the end if its headers do not say otherwise. */
    HttpMessage withAnswerBody(InputStream in, String requestMethod) throws IOException {
        int status = status();
        if (requestMethod.equals("HEAD") || status == 204 || status == 304 || status < 200) {
            return this;
        }
        Optional<byte[]> framed = readFramed(in);
        return new HttpMessage(head, framed.isPresent() ? framed.get() : in.readAllBytes());
    }

    private Optional<byte[]> readFramed(InputStream in) throws IOException {
        Map<String, String> headers = headers();
        if (headers.getOrDefault("Transfer-Encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            return Optional.of(readChunks(in));
        }
        String length = headers.get("Content-Length");
        if (length == null) {
            return Optional.empty();
        }
        return Optional.of(exactly(in, Integer.parseInt(length.trim())));
    }

    private static byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            String line = readLine(in, all);
            int size = Integer.parseInt(line.split(";")[0].trim(), 16);
            if (size == 0) {
                // Trailers, and the empty line after them.
                while (!readLine(in, all).isEmpty()) {
                    continue;
                }
                return all.toByteArray();
            }
            all.write(exactly(in, size + 2));
        }
    }

    private static String readLine(InputStream in, ByteArrayOutputStream all) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("The connection ended within a chunk");
            }
            all.write(b);
            if (b == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) b);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The connection ended within a body");
        }
        return bytes;
    }

    String[] startLine() {
        return text().substring(0, text().indexOf("\r\n")).split(" ", 3);
    }

    int status() {
        return Integer.parseInt(startLine()[1]);
    }

    Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String[] lines = text().split("\r\n");
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).trim());
            }
        }
        return headers;
    }

    boolean endsConnection() {
        return headers().getOrDefault("Connection", "").equalsIgnoreCase("close");
    }

    private String text() {
        return new String(head, StandardCharsets.ISO_8859_1);
    }
}
