package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StreamName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who reads what. From it follows the name of the stream that its position is kept in, in the format of Eventide's
 * consumers; the names are persisted and never change.
 *
 * <table>
 * <caption>Position streams</caption>
 * <tr><th>subscription<th>position stream</tr>
 * <tr><td>a category<td>{@code user:position}, {@code account:command+position}</tr>
 * <tr><td>a category, with a consumer id<td>{@code user:position-<consumerId>}</tr>
 * <tr><td>a member of a group<td>{@code user:position-<consumerId>+<member>-<size>}, the consumer id being
 * {@code default} where none is given</tr>
 * <tr><td>a stream, with a consumer id<td>{@code user:position-<consumerId>+stream-<id>}</tr>
 * <tr><td>a stream<td>none: the position is kept in memory</tr>
 * <tr><td>everything, with a consumer id<td>{@code all:position-<consumerId>}</tr>
 * <tr><td>everything<td>none: the position is kept in memory</tr>
 * </table>
 *
 * @param name the stream or category that is read, or {@link ReadQuery#ALL}
 * @param consumerId the name of the durable subscription, or null
 * @param group the member of a consumer group, or null
 */
public record SubscriptionIdentity(
        StreamName name,
        @Nullable String consumerId,
        @Nullable ConsumerGroup group) {

    /** The consumer id of a group that has none. */
    public static final String DEFAULT_CONSUMER_ID = "default";

    /** What stands for everything in the names of position streams. */
    private static final String ALL_CATEGORY = "all";

    private static final Pattern MEMBER = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

    /**
     * @throws IllegalArgumentException if the consumer id is empty, has blanks or a {@code +}, which separates it from what
     *     follows, or a group is to read a stream or everything
     */
    public SubscriptionIdentity {
        if (consumerId != null && consumerId.isBlank()) {
            throw new IllegalArgumentException("Bad consumer id '" + consumerId
                    + "': it is empty. Give the subscription a name, such as ledger, or leave the consumer id out");
        }
        if (consumerId != null && consumerId.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("Bad consumer id '" + consumerId
                    + "': it must not have blanks. (In the options of a URI a + stands for a blank)");
        }
        if (consumerId != null && consumerId.indexOf('+') >= 0) {
            throw new IllegalArgumentException("Bad consumer id '" + consumerId
                    + "': it must not have a +, which separates it from what follows in the name of the position stream."
                    + " Use another sign, such as _");
        }
        if (group != null && !name.isCategory()) {
            throw new IllegalArgumentException("The stream '" + name
                    + "' cannot be read by a consumer group: a group shares the streams of a category. Its category is '"
                    + name.category() + "': read that, or leave out member and size of the group");
        }
        if (group != null && name.equals(ReadQuery.ALL)) {
            throw new IllegalArgumentException("Everything (" + ReadQuery.ALL
                    + ") cannot be read by a consumer group: a group shares the streams of a category");
        }
        if (consumerId != null) {
            StreamName.of("position-" + consumerId);
        }
    }

    /** The stream that the position is kept in; empty where it is kept in memory. */
    public Optional<StreamName> positionStream() {
        Optional<String> id = positionStreamId();
        if (id.isEmpty() && (!name.isCategory() || name.equals(ReadQuery.ALL))) {
            return Optional.empty();
        }
        return Optional.of(
                StreamName.of(positionCategory() + id.map(it -> "-" + it).orElse("")));
    }

    /** The same subscription as another member of its group, or without one. */
    public SubscriptionIdentity withGroup(@Nullable ConsumerGroup other) {
        return new SubscriptionIdentity(name, consumerId, other);
    }

    /**
     * Whether a member is one of this subscription, or of what it was before or after it had a group. Without a consumer id
     * those are two, which have nothing to do with each other.
     */
    public boolean isShared(@Nullable ConsumerGroup other) {
        return consumerId != null || (group == null) == (other == null);
    }

    /** The member of this subscription's group, of whatever size, that a stream of positions with this id belongs to. */
    Optional<ConsumerGroup> memberOf(String positionStreamId) {
        String prefix = groupId() + "+";
        Matcher numbers = MEMBER.matcher(positionStreamId);
        if (!positionStreamId.startsWith(prefix)
                || !numbers.region(prefix.length(), positionStreamId.length()).matches()) {
            return Optional.empty();
        }
        int member = Integer.parseInt(numbers.group(1));
        int size = Integer.parseInt(numbers.group(2));
        return member < size && size <= ConsumerGroup.MAX_SIZE
                ? Optional.of(new ConsumerGroup(member, size))
                : Optional.empty();
    }

    /** A category that has types already gets one more. */
    String positionCategory() {
        String category = name.equals(ReadQuery.ALL) ? ALL_CATEGORY : name.category();
        return category + (category.indexOf(':') < 0 ? ':' : '+') + "position";
    }

    private Optional<String> positionStreamId() {
        if (group != null) {
            return Optional.of(groupId() + "+" + group.member() + "-" + group.size());
        }
        return Optional.ofNullable(consumerId)
                .map(id -> name.id().map(streamId -> id + "+stream-" + streamId).orElse(id));
    }

    private String groupId() {
        return consumerId == null ? DEFAULT_CONSUMER_ID : consumerId;
    }

    /** For logs and errors. */
    @Override
    public String toString() {
        return "subscription to '" + name + "'" + (consumerId == null ? "" : ", consumer id '" + consumerId + "'")
                + (group == null ? "" : ", member " + group.member() + " of " + group.size());
    }
}
