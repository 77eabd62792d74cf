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
package dev.trestle.catalog.http;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of one component of a URL as UTF-8: all but the unreserved characters of RFC 3986, section 2.3. */
final class PercentEncoding {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /** @throws IllegalArgumentException if the text is not valid Unicode, which UTF-8 could not carry unchanged */
    static String encode(String text) {
        ByteBuffer utf8;
        try {
            utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a name holds half of a surrogate pair, which is not valid Unicode", e);
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        while (utf8.hasRemaining()) {
            int octet = utf8.get() & 0xFF;
            if (isUnreserved(octet)) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX[octet >> 4]).append(HEX[octet & 0xF]);
            }
        }
        return encoded.toString();
    }

    /**
     * The form encoding of a name or value of the query. It is what the DLF signature is computed over, so that what is signed
     * is what is sent, letter by letter.
     *
     * @throws IllegalArgumentException if the text is not valid Unicode
     */
    static String encodeForm(String text) {
        encode(text);
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static boolean isUnreserved(int octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '.'
                || octet == '_'
                || octet == '~';
    }
}
