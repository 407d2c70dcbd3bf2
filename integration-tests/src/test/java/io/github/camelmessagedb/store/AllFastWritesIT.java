package io.github.camelmessagedb.store;

import io.github.camelmessagedb.faults.WriteFaultIT;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of writes by calls holds of those past {@code write_message}, too: the same tests. */
@ExtendWith(TestStores.class)
class AllFastWritesIT {

    @Nested
    class Write extends WriteIT {}

    @Nested
    class Idempotency extends IdempotencyIT {}

    @Nested
    class Coalescing extends CoalescingIT {}

    @Nested
    class CoalescedCategories extends CoalescedCategoriesIT {}

    @Nested
    class Refusals extends RefusalsIT {}

    @Nested
    class Transactions extends TransactionsIT {}

    @Nested
    class Deadlock extends DeadlockIT {}

    @Nested
    class RoundTrips extends RoundTripsIT {}

    @Nested
    class AmbiguousCommit extends AmbiguousCommitIT {

        /** One message is written by a call anyway. */
        @Override
        @ParameterizedTest
        @EnumSource(names = "ONE_.*", mode = EnumSource.Mode.MATCH_NONE)
        void a_write_is_answered_as_if_its_connection_had_not_been_cut(Kind kind) {
            super.a_write_is_answered_as_if_its_connection_had_not_been_cut(kind);
        }
    }

    /** Most of a minute: {@link AmbiguousCommit} has chosen ones of the same faults. */
    @Nested
    @Tag("long")
    class RandomFaults extends RandomFaultsIT {}

    @Nested
    class WriteFault extends WriteFaultIT {

        /** Not a test: as many are written, and refused, in {@link Write}. */
        @Override
        protected void large_batch_and_one_whose_last_message_is_bad() {}
    }
}
