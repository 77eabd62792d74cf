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
package dev.trestle.catalog.auth;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Factories found by {@link ServiceLoader}, by the names that users choose them with: those of the library's own class
 * loader, then those of the thread's context class loader, where an engine puts a user's jars.
 *
 * @param <F> the factory's interface
 */
public final class NamedFactories<F> {

    /** A class loader that fails at every step must not hold us for ever. */
    private static final int MAX_FAULTS = 100;

    private final Map<String, F> byName = new TreeMap<>();
    private final Map<String, String> ambiguous = new TreeMap<>();
    private final Set<String> faults = new TreeSet<>();

    private NamedFactories() {}

    /**
     * Finds every factory. One that cannot be loaded is left out, and is named in the error about an unknown name only:
     * another copy of the library in a parent class loader is no fault of the user's.
     *
     * @param names the names of a factory; compared without regard to case
     */
    public static <F> NamedFactories<F> discover(Class<F> type, Function<F, ? extends Collection<String>> names) {
        NamedFactories<F> factories = ofLibrary(type, names);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null && context != type.getClassLoader()) {
            factories.load(type, context, names);
        }
        return factories;
    }

    /** Those of the library's own class loader alone, which are the same for all users of the process. */
    public static <F> NamedFactories<F> ofLibrary(Class<F> type, Function<F, ? extends Collection<String>> names) {
        requireNonNull(names, "names is null");
        NamedFactories<F> factories = new NamedFactories<>();
        factories.load(type, type.getClassLoader(), names);
        return factories;
    }

    private void load(Class<F> type, ClassLoader loader, Function<F, ? extends Collection<String>> names) {
        Iterator<ServiceLoader.Provider<F>> providers =
                ServiceLoader.load(type, loader).stream().iterator();
        int failed = 0;
        while (failed < MAX_FAULTS) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                F factory = providers.next().get();
                names.apply(factory).forEach(name -> add(normalized(name), factory));
            } catch (ServiceConfigurationError | LinkageError e) {
                failed++;
                faults.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private void add(String name, F factory) {
        F known = byName.putIfAbsent(name, factory);
        if (known == null) {
            return;
        }
        String knownClass = known.getClass().getName();
        String newClass = factory.getClass().getName();
        if (!knownClass.equals(newClass)) {
            ambiguous.put(name, knownClass + " and " + newClass);
        }
    }

    /**
     * The factory of a name, if there is one.
     *
     * @throws IllegalArgumentException if two factories have the name; the message names both
     */
    public Optional<F> find(String name) {
        String claimants = ambiguous.get(normalized(name));
        if (claimants != null) {
            throw new IllegalArgumentException("Two factories are named '" + name + "': " + claimants
                    + ". Remove one of them from the class path");
        }
        return Optional.ofNullable(byName.get(normalized(name)));
    }

    /**
     * The factory that an option names.
     *
     * @throws IllegalArgumentException if none or more than one has the name; the message lists the names that there are
     */
    public F require(String option, String name) {
        return find(name).orElseThrow(() -> unknown(option, name));
    }

    /** The error about an option that names no factory. */
    public IllegalArgumentException unknown(String option, String name) {
        String message =
                "Option '" + option + "' is '" + name + "', which is unknown. Known: " + String.join(", ", names());
        return new IllegalArgumentException(
                faults.isEmpty() ? message : message + ". Could not be loaded: " + String.join("; ", faults));
    }

    /** All names, in alphabetical order. */
    public List<String> names() {
        return new ArrayList<>(byName.keySet());
    }

    private static String normalized(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
