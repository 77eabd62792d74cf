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
package dev.trestle.server;

import static java.util.Objects.requireNonNull;

import dev.trestle.server.auth.Credentials;
import dev.trestle.server.catalog.DataTokenSettings;
import dev.trestle.server.http.JettyListener;
import dev.trestle.server.store.StoreSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a server is to run.
 *
 * @param warehouse directory or URI of the managed tables
 * @param store the database; absent: a SQLite file in the warehouse directory
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param prefix the path segment under which the catalog is; in the StarRocks dialect the catalog's name
 * @param credentials any of which lets a caller in; none: every caller is let in
 * @param configDefaults options for clients, which their own go before
 * @param configOverrides options for clients, which go before their own
 * @param storageOptions Paimon's options for the store of the warehouse
 * @param dataTokens how credentials for tables' files are vended; absent: they are not
 * @param asynchronous whether changes in the StarRocks dialect are answered before they are made
 * @param clock what the server takes for the time
 */
public record ServerOptions(
        String warehouse,
        Optional<StoreSettings> store,
        String host,
        int port,
        String prefix,
        List<Credentials> credentials,
        Optional<JettyListener.Tls> tls,
        Map<String, String> configDefaults,
        Map<String, String> configOverrides,
        Map<String, String> storageOptions,
        Optional<DataTokenSettings> dataTokens,
        boolean asynchronous,
        Clock clock) {

    /** The prefix unless another is asked for. */
    public static final String DEFAULT_PREFIX = "trestle";

    public ServerOptions {
        requireNonNull(store, "store is null");
        requireNonNull(tls, "tls is null");
        requireNonNull(dataTokens, "dataTokens is null");
        requireNonNull(clock, "clock is null");
        if (warehouse.isBlank()) {
            throw new IllegalArgumentException("The warehouse is empty");
        }
        if (prefix.isBlank()) {
            throw new IllegalArgumentException("The prefix is empty");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("A port is a number from 0 to 65535, not " + port);
        }
        credentials = List.copyOf(credentials);
        configDefaults = Map.copyOf(configDefaults);
        configOverrides = Map.copyOf(configOverrides);
        storageOptions = Map.copyOf(storageOptions);
    }

    /** Without the store's keys. */
    @Override
    public String toString() {
        return "ServerOptions[warehouse=" + warehouse + ", store=" + store + ", host=" + host + ", port=" + port
                + ", prefix=" + prefix + ", credentials=" + credentials + ", storageOptions=" + storageOptions.keySet()
                + ", dataTokens=" + dataTokens + "]";
    }

    /** Options for a server with its warehouse in a directory. */
    public static Builder builder(Path warehouse) {
        return new Builder(warehouse.toAbsolutePath().toString());
    }

    /** Options for a server with its warehouse at a directory or URI. */
    public static Builder builder(String warehouse) {
        return new Builder(warehouse);
    }

    /** Collects options; what is not set has a default that suits tests: loopback, any free port, no authentication. */
    public static final class Builder {

        private final String warehouse;
        private Optional<StoreSettings> store = Optional.empty();
        private String host = "127.0.0.1";
        private int port;
        private String prefix = DEFAULT_PREFIX;
        private final List<Credentials> credentials = new ArrayList<>();
        private Optional<JettyListener.Tls> tls = Optional.empty();
        private final Map<String, String> configDefaults = new HashMap<>();
        private final Map<String, String> configOverrides = new HashMap<>();
        private final Map<String, String> storageOptions = new HashMap<>();
        private Optional<DataTokenSettings> dataTokens = Optional.empty();
        private boolean asynchronous;
        private Clock clock = Clock.systemUTC();

        private Builder(String warehouse) {
            this.warehouse = warehouse;
        }

        /** The database, instead of a SQLite file in the warehouse directory. */
        public Builder store(StoreSettings settings) {
            this.store = Optional.of(settings);
            return this;
        }

        /** The address to listen on. */
        public Builder host(String address) {
            this.host = address;
            return this;
        }

        /** The port to listen on, 0 for any that is free. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** The path segment under which the catalog is. */
        public Builder prefix(String segment) {
            this.prefix = segment;
            return this;
        }

        /** Lets callers in who know these credentials; several calls allow several. */
        public Builder allow(Credentials allowed) {
            this.credentials.add(allowed);
            return this;
        }

        /** Serves HTTPS. */
        public Builder tls(Path keyStore, String password) {
            this.tls = Optional.of(new JettyListener.Tls(keyStore, password));
            return this;
        }

        /** Tells clients an option that their own goes before. */
        public Builder configDefault(String key, String value) {
            this.configDefaults.put(key, value);
            return this;
        }

        /** Tells clients an option that goes before their own. */
        public Builder configOverride(String key, String value) {
            this.configOverrides.put(key, value);
            return this;
        }

        /** An option of Paimon's for the warehouse's store. */
        public Builder storageOption(String key, String value) {
            this.storageOptions.put(key, value);
            return this;
        }

        /** Vends credentials for tables' files, and tells clients to use them. */
        public Builder dataTokens(DataTokenSettings settings) {
            this.dataTokens = Optional.of(settings);
            return this;
        }

        /** Answers changes in the StarRocks dialect with 202 and a task, before they are made. */
        public Builder asynchronous() {
            this.asynchronous = true;
            return this;
        }

        /** What the server takes for the time. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /** The options. */
        public ServerOptions build() {
            return new ServerOptions(
                    warehouse,
                    store,
                    host,
                    port,
                    prefix,
                    credentials,
                    tls,
                    configDefaults,
                    configOverrides,
                    storageOptions,
                    dataTokens,
                    asynchronous,
                    clock);
        }
    }
}
