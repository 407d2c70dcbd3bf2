package io.github.camelmessagedb.subscription;

/** Gives each subscription a place for its position. A bean of this type can be the option {@code positionStore}. */
@FunctionalInterface
public interface PositionStores {

    /** The place of one subscription's position: another one for each identity, the same one for equal ones. */
    PositionStore of(SubscriptionIdentity identity);
}
