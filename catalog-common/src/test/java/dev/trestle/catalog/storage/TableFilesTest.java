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
package dev.trestle.catalog.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.api.DataTokenApi.DataToken;
import dev.trestle.catalog.api.ServiceUnavailableException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.local.LocalFileIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TableFilesTest {

    private static final Duration LIFE = Duration.ofMinutes(15);

    private final MovedClock clock = new MovedClock();
    private final List<ClosableFiles> opened = new ArrayList<>();
    private boolean serviceIsDown;
    private int vended;
    private boolean sameAgain;

    private final TableFiles files = new TableFiles("db.t", this::vend, token -> open(), clock);

    private static final class MovedClock extends Clock {

        private volatile Instant now = Instant.parse("2026-01-31T12:00:00Z");

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class ClosableFiles extends LocalFileIO {

        private static final long serialVersionUID = 1L;

        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    private DataToken vend() {
        if (serviceIsDown) {
            throw new ServiceUnavailableException("getTableToken of table 'db.t' failed: out of order (request id r1)");
        }
        vended++;
        return new DataToken(
                Map.of("s3.access-key", "key-" + (sameAgain ? 0 : vended)),
                sameAgain ? Instant.parse("2026-01-31T12:15:00Z").toEpochMilli() : clock.millis() + LIFE.toMillis());
    }

    private FileIO open() {
        ClosableFiles files = new ClosableFiles();
        opened.add(files);
        return files;
    }

    private void use() throws Exception {
        files.acquire().release();
    }

    @Test
    void asksOnceForManyFiles() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            use();
        }

        assertThat(vended).isEqualTo(1);
    }

    @Test
    void renewsAShortLivedCredentialAtHalfOfItsLifeAndALongLivedOneAnHourBeforeItsEnd() throws Exception {
        use();
        clock.advance(LIFE.dividedBy(2).minusMillis(1));
        use();
        assertThat(vended).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        use();
        assertThat(vended).isEqualTo(2);
    }

    @Test
    void closesAnOldFileSystemWhenItsLastUserIsDone() throws Exception {
        LeasedFiles stream = files.acquire();
        clock.advance(LIFE);
        use();
        assertThat(opened).hasSize(2);
        assertThat(opened.get(0).closed).isFalse();

        stream.release();

        assertThat(opened.get(0).closed).isTrue();
        assertThat(opened.get(1).closed).isFalse();
        files.retire();
        assertThat(opened.get(1).closed).isTrue();
        use();
        assertThat(opened).hasSize(3);
    }

    @Test
    void goesOnWithAGoodCredentialWhileTheServiceIsDown() throws Exception {
        use();
        serviceIsDown = true;
        clock.advance(LIFE.minusSeconds(30));
        use();

        serviceIsDown = false;
        use();
        assertThat(vended).as("it is not asked on each use").isEqualTo(1);
        clock.advance(Duration.ofSeconds(6));
        use();
        assertThat(vended).isEqualTo(2);
    }

    @Test
    void namesTheTableAndTheEndWhereNoCredentialIsGoodAnyMore() throws Exception {
        use();
        serviceIsDown = true;
        clock.advance(LIFE);

        assertThatThrownBy(this::use)
                .isInstanceOf(TableCredentialsException.class)
                .hasMessageContaining("'db.t'")
                .hasMessageContaining("out of order (request id r1)")
                .hasMessageContaining("2026-01-31T12:15:00Z")
                .hasMessageNotContaining("key-1");

        serviceIsDown = false;
        use();
    }

    /** As Hadoop's file system has it of a 400. */
    @Test
    void takesATokenThatHasEndedForOneThatIsRefused() throws Exception {
        LeasedFiles leased = files.acquire();

        assertThat(leased.explained(
                        new IOException("read on s3://b/t/f: S3Exception: ended (Status Code: 400):ExpiredToken")))
                .isInstanceOf(TableCredentialsException.class);
        IOException other = new IOException("read on s3://b/t/f: S3Exception: odd (Status Code: 400):InvalidRange");
        assertThat(leased.explained(other)).isSameAs(other);
    }

    @Test
    void keepsTheFileSystemWhereTheServiceVendsTheSameAgain() throws Exception {
        sameAgain = true;
        use();
        clock.advance(Duration.ofMinutes(8));
        use();
        use();

        assertThat(opened).hasSize(1);
        assertThat(vended).isEqualTo(2);
    }

    @Test
    void refusesACredentialThatHasEndedAlready() {
        sameAgain = true;
        clock.advance(Duration.ofDays(1));

        assertThatThrownBy(this::use)
                .isInstanceOf(TableCredentialsException.class)
                .hasMessageContaining("'db.t'")
                .hasMessageContaining("clock");
    }

    @Test
    void threadsThatNeedOneTogetherAskOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> uses = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                uses.add(threads.submit(() -> {
                    use();
                    return null;
                }));
            }
            for (Future<?> each : uses) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(vended).isEqualTo(1);
    }

    @Test
    void goesOnWithATokenThatWasVendedElsewhere() throws Exception {
        DataToken elsewhere = new DataToken(Map.of("s3.access-key", "elsewhere"), clock.millis() + LIFE.toMillis());
        files.adopt(elsewhere);
        use();
        assertThat(files.token()).isEqualTo(elsewhere);
        assertThat(vended).isZero();

        clock.advance(LIFE);
        use();
        assertThat(vended).isEqualTo(1);
    }

    @Test
    void keepsAGoodTokenAndTakesNoneThatHasEnded() throws Exception {
        files.adopt(new DataToken(Map.of("s3.access-key", "ended"), clock.millis()));
        use();
        DataToken own = files.token();
        files.adopt(new DataToken(Map.of("s3.access-key", "elsewhere"), clock.millis() + LIFE.toMillis()));
        assertThat(files.token()).isEqualTo(own);
        assertThat(vended).isEqualTo(1);
        assertThat(opened).hasSize(1);
    }
}
