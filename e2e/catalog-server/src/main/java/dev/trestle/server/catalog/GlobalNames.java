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
package dev.trestle.server.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.paimon.catalog.Identifier;

/** Pages of names of all databases: their tokens hold a database and a name, whatever characters these have. */
final class GlobalNames {

    private GlobalNames() {}

    /** Where a page begins: after this. */
    static Identifier after(PageRequest page) {
        return page.after().map(GlobalNames::decode).orElseGet(() -> new Identifier("", ""));
    }

    static Page<Identifier> page(List<Identifier> names, PageRequest page) {
        return Page.of(names, page.limit(), GlobalNames::encode);
    }

    private static String encode(Identifier identifier) {
        String text = identifier.getDatabaseName() + '\n' + identifier.getObjectName();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Identifier decode(String token) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw foreign(token);
        }
        int end = text.lastIndexOf('\n');
        if (end < 0) {
            throw foreign(token);
        }
        return new Identifier(text.substring(0, end), text.substring(end + 1));
    }

    private static CatalogException foreign(String token) {
        return CatalogException.invalid("The page token is not one of this server's: " + token);
    }
}
