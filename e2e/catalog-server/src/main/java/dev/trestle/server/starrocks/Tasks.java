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
package dev.trestle.server.starrocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.ErrorAnswers;
import dev.trestle.server.http.HttpException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Changes that are made after they were answered, one after another. Kept in memory: a restart forgets them, and what had not
 * begun is then not done. Thread-safe.
 */
final class Tasks implements AutoCloseable {

    private static final int MOST_KEPT = 1_000;

    private final ErrorAnswers errors;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "catalog-tasks");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Task> tasks = new LinkedHashMap<>();

    Tasks(ErrorAnswers errors) {
        this.errors = errors;
    }

    private enum State {
        PENDING,
        RUNNING,
        FINISHED,
        FAILED,
        CANCELLED
    }

    private static final class Task {

        private final String id = UUID.randomUUID().toString();
        private State state = State.PENDING;
        private Answer answer = Answer.done();
        private Future<?> work;
    }

    /** Makes a change soon; the id of its task is returned now. */
    synchronized String submit(Supplier<Answer> change) {
        Task task = new Task();
        tasks.values().removeIf(old -> tasks.size() >= MOST_KEPT && isOver(old));
        tasks.put(task.id, task);
        task.work = executor.submit(() -> run(task, change));
        return task.id;
    }

    private void run(Task task, Supplier<Answer> change) {
        if (!moved(task, State.PENDING, State.RUNNING)) {
            return;
        }
        Answer answer;
        try {
            answer = change.get();
        } catch (HttpException e) {
            answer = errors.of(e.status(), e.getMessage());
        } catch (RuntimeException e) {
            answer = errors.of(e);
        }
        synchronized (this) {
            task.answer = answer;
            task.state = answer.status() < 300 ? State.FINISHED : State.FAILED;
        }
    }

    private synchronized boolean moved(Task task, State from, State to) {
        if (task.state != from) {
            return false;
        }
        task.state = to;
        return true;
    }

    /** @throws HttpException 404 if there is no such task, or no longer */
    synchronized Answer get(String id) {
        return StarRocksJson.answer(200, json(find(id)));
    }

    /** One that has begun goes on: its state says so. */
    Answer cancel(String id) {
        Task task;
        synchronized (this) {
            task = find(id);
        }
        if (moved(task, State.PENDING, State.CANCELLED)) {
            task.work.cancel(false);
        }
        return get(id);
    }

    /** Forgets a task that is over; the change that it made stays. */
    synchronized Answer forget(String id) {
        Task task = find(id);
        if (!isOver(task)) {
            throw new HttpException(400, "Task '" + id + "' is not over: cancel it first.");
        }
        tasks.remove(id);
        return StarRocksJson.answer(200, StarRocksJson.object());
    }

    private Task find(String id) {
        Task task = tasks.get(id);
        if (task == null) {
            throw new HttpException(404, "Unknown task '" + id + "'");
        }
        return task;
    }

    private static boolean isOver(Task task) {
        return task.state != State.PENDING && task.state != State.RUNNING;
    }

    private static ObjectNode json(Task task) {
        ObjectNode json = StarRocksJson.object().put("taskId", task.id).put("state", task.state.name());
        if (task.state == State.FINISHED) {
            StarRocksJson.text(StarRocksJson.content(task.answer).path("result"), "uri")
                    .ifPresent(uri -> json.put("objectUri", uri));
        }
        if (task.state == State.FAILED) {
            JsonNode error = StarRocksJson.content(task.answer);
            json.put("errorCode", error.path("code").asText());
            json.put("errorMessage", error.path("message").asText());
        }
        return json;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
