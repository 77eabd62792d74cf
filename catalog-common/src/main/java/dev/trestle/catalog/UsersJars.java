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
package dev.trestle.catalog;

import dev.trestle.catalog.auth.AuthProviderFactory;
import dev.trestle.catalog.auth.AuthProviders;
import dev.trestle.catalog.auth.NamedFactories;
import dev.trestle.catalog.auth.dlf.DlfTokenLoaderFactory;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;

/**
 * The jars in which the user's own provider is found, by their class loader: those of another session or job may hold another
 * provider of that name. Equal to others of the same class loader, which this does not keep.
 */
final class UsersJars {

    /** Each provider that the options name is one of the library's, or lies beside it for everybody. */
    private static final UsersJars NONE = new UsersJars(UsersJars.class.getClassLoader());

    private final WeakReference<ClassLoader> loader;
    private final int hash;

    private UsersJars(ClassLoader loader) {
        this.loader = new WeakReference<>(loader);
        this.hash = System.identityHashCode(loader);
    }

    /** Those of this thread, where the options name a provider or a loader of tokens that is found in them alone. */
    static UsersJars of(Map<String, String> options) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null || OptionsCheck.usersProviders(options).allMatch(UsersJars::isForEverybody)
                ? NONE
                : new UsersJars(context);
    }

    private static boolean isForEverybody(String provider) {
        return NamedFactories.ofLibrary(AuthProviderFactory.class, AuthProviders::names)
                        .find(provider)
                        .isPresent()
                || NamedFactories.ofLibrary(DlfTokenLoaderFactory.class, factory -> Set.of(factory.identifier()))
                        .find(provider)
                        .isPresent();
    }

    @Override
    public boolean equals(Object other) {
        ClassLoader kept = loader.get();
        return this == other || (kept != null && other instanceof UsersJars that && that.loader.refersTo(kept));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
