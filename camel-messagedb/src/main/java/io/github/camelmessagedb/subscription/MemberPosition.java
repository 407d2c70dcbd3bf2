package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.ConsumerGroup;
import org.jspecify.annotations.Nullable;

/**
 * How far a member of a group has come.
 *
 * @param group the member, or null for a subscription without a group
 * @param position what it stored last
 */
public record MemberPosition(@Nullable ConsumerGroup group, RecordedPosition position) {}
