package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class PositionLeaseTest {

    private final PositionStore store = new MemoryPositionStore();

    @Test
    void what_is_saved_after_its_end_is_not_stored() {
        PositionLease earlier = new PositionLease(store);
        earlier.save(new RecordedPosition(1, null));
        earlier.end();
        PositionLease later = new PositionLease(store);
        later.save(new RecordedPosition(7, null));

        assertThatIllegalStateException()
                .isThrownBy(() -> earlier.save(new RecordedPosition(3, null)))
                .withMessageContaining("position 3 is not stored");

        assertThat(later.load()).contains(new RecordedPosition(7, null));
    }
}
