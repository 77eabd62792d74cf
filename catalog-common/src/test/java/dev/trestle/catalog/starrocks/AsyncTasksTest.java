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
package dev.trestle.catalog.starrocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.ServiceException;
import dev.trestle.catalog.http.TransportException;
import dev.trestle.catalog.http.TransportException.Delivery;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that the service answers with 202. */
class AsyncTasksTest {

    private static final String TASK = "api/v2/catalogs/lake/tasks/t-1";

    private final ScriptedService service = new ScriptedService();

    @AfterEach
    void clearTheInterrupt() {
        Thread.interrupted();
    }

    private ScriptedService accepted(Optional<Duration> retryAfter) {
        return service.answers(
                202,
                "{\"code\":\"0\",\"message\":\"OK\",\"result\":{\"taskId\":\"t-1\",\"uri\":\"/" + TASK + "\"}}",
                1,
                retryAfter);
    }

    private ScriptedService accepted() {
        return accepted(Optional.empty());
    }

    private static String task(String state) {
        return task(state, "");
    }

    private static String task(String state, String more) {
        return "{\"code\":\"0\",\"message\":\"OK\",\"result\":{\"taskId\":\"t-1\",\"state\":\"" + state + "\"" + more
                + "}}";
    }

    private void create() {
        service.api().databases().create("db", Map.of());
    }

    @Test
    void asksUntilItIsFinishedWithGrowingPauses() {
        accepted().answers(200, task("PENDING")).answers(200, task("RUNNING")).answers(200, task("FINISHED"));

        create();

        assertThat(service.asked())
                .containsExactly(
                        "POST api/v2/catalogs/lake/databases/create", "GET " + TASK, "GET " + TASK, "GET " + TASK);
        assertThat(service.pauses())
                .containsExactly(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200));
    }

    @Test
    void waitsAsLongAsTheServiceAsks() {
        accepted(Optional.of(Duration.ofSeconds(3)))
                .answers(200, task("RUNNING"), 1, Optional.of(Duration.ofSeconds(7)))
                .answers(200, task("FINISHED"));

        create();

        assertThat(service.pauses()).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(7));
    }

    @Test
    void givesUpAtTheDeadlineAndDoesNotKnow() {
        accepted();
        for (int i = 0; i < 40; i++) {
            service.answers(200, task("RUNNING"));
        }

        assertThatThrownBy(this::create)
                .isInstanceOfSatisfying(OutcomeUncertainException.class, e -> assertThat(e.answered())
                        .isFalse())
                .hasMessageContaining("create database 'db'");
        assertThat(service.pauses().stream().reduce(Duration.ZERO, Duration::plus))
                .isLessThanOrEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void reportsWhatATaskFailedOf() {
        accepted()
                .answers(
                        200,
                        task(
                                "FAILED",
                                ",\"errorCode\":\"1007\",\"errorMessage\":\"Database 'db' exists\\n\\tat x.Y\""));

        assertThatThrownBy(this::create)
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("Database 'db' exists")
                .hasMessageNotContaining("x.Y");
    }

    @Test
    void reportsATaskThatWasCancelled() {
        accepted().answers(200, task("CANCELLED"));

        assertThatThrownBy(this::create)
                .isExactlyInstanceOf(ServiceException.class)
                .hasMessageContaining("was cancelled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"code\":\"404\",\"message\":\"Unknown task 't-1'\"}", "", "<html/>"})
    void doesNotKnowWhereTheTaskIsGone(String body) {
        accepted().answers(404, body);

        assertThatThrownBy(this::create).isInstanceOf(OutcomeUncertainException.class);
    }

    @Test
    void doesNotKnowWhereTheTaskCannotBeAskedFor() {
        accepted().fails(new TransportException("no connection", Delivery.NOT_SENT, "r", null));

        assertThatThrownBy(this::create).isInstanceOf(OutcomeUncertainException.class);
    }

    @Test
    void doesNotKnowWhatAStateOfANewerServiceMeans() {
        accepted().answers(200, task("HIBERNATING"));

        assertThatThrownBy(this::create).isInstanceOf(OutcomeUncertainException.class);
    }

    @Test
    void cancelsTheTaskOfAnInterruptedThread() {
        accepted().interrupts().answers(200, task("CANCELLED"));

        assertThatThrownBy(this::create).hasMessageContaining("was cancelled");
        assertThat(service.asked()).last().isEqualTo("POST " + TASK + "/cancel");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void doesNotKnowWhereATaskCannotBeCancelledAnyMore() {
        accepted().interrupts().answers(200, task("RUNNING"));

        assertThatThrownBy(this::create).isInstanceOf(OutcomeUncertainException.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void seesThatATaskWasFinishedBeforeItCouldBeCancelled() {
        accepted().interrupts().answers(200, task("FINISHED"));

        create();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
