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
package dev.trestle.trino.read;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;

/** What reads tables. */
public final class ReadModule implements Module {

    @Override
    public void configure(Binder binder) {
        binder.bind(TrestleSplitManager.class).in(Scopes.SINGLETON);
        // One of each a scan: what is kept of files, their bytes and their schemas, belongs to its query and identity.
        binder.bind(FileSchemas.class);
        binder.bind(NativeReads.class);
        binder.bind(SplitReads.class);
        binder.bind(TrestlePageSourceProvider.class);
    }
}
