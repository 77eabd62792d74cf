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
package dev.trestle.catalog.api;

import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.Function;
import org.apache.paimon.function.FunctionChange;

/** Functions, one definition a dialect: see {@link RestApi} for errors. */
public interface FunctionApi {

    /** One page of the names in a database. */
    Page<String> list(String database, PageRequest page, Optional<String> namePattern);

    /** Like {@link #list}, with each function. */
    Page<Function> details(String database, PageRequest page, Optional<String> namePattern);

    /** One page of the functions of all databases. */
    Page<Identifier> listAll(PageRequest page, Optional<String> databasePattern, Optional<String> functionPattern);

    /** The function, with its definition in each dialect. */
    Function get(Identifier identifier);

    /** Creates a function that must not exist. */
    void create(Identifier identifier, Function function);

    /** Applies changes in their order, all or none. */
    void alter(Identifier identifier, List<FunctionChange> changes);

    /** Drops a function. */
    void drop(Identifier identifier);
}
