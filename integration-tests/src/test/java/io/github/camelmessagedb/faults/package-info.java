/**
 * What is promised, while sessions, servers, connections, pools and handlers fail. Every fault goes through the same: several
 * writers write and a consumer of some {@code Shape} consumes, behind a proxy, while the fault is made; then
 * {@link io.github.camelmessagedb.testing.Oracle} holds what was told, stored and handled against each other, a
 * {@link io.github.camelmessagedb.testing.PositionWatch} has looked at the stored position all the while, there is progress
 * within ten seconds, and a {@link io.github.camelmessagedb.testing.Footprint} finds neither connection nor thread nor session
 * left behind. That these would see a fault is shown by {@code OracleTest} and {@code WrongConsumersIT}.
 *
 * <table>
 * <caption>Which test has which fault</caption>
 * <tr><th>fault<th>tests</tr>
 * <tr><td>a session killed: idle, reading, writing, storing the position<td>{@code SessionFaultIT}</tr>
 * <tr><td>a connection cut, at any message of the protocol<td>{@code ConnectionFaultIT}; each message of each kind of
 *     write: {@code AmbiguousCommitIT}; many writers: {@code RandomFaultsIT}</tr>
 * <tr><td>a half-open connection, an outage<td>{@code ConnectionFaultIT}, {@code UnreachableIT}; the waits of a long one:
 *     {@code BackoffTest}</tr>
 * <tr><td>the server stopped as in a crash, restarted<td>{@code ServerFaultIT}, {@code OutageIT}</tr>
 * <tr><td>a start with the database down<td>{@code StartFaultIT}, {@code OutageIT}</tr>
 * <tr><td>a stop in a slow exchange, a forced one, starts, stops, suspends and resumes at once<td>{@code StopFaultIT};
 *     one after the other: {@code StressIT}, {@code LifecycleIT}</tr>
 * <tr><td>locks held too long, time-outs of statements<td>{@code LockFaultIT}; a write: {@code RefusalsIT}</tr>
 * <tr><td>deadlock across categories<td>{@code WriteFaultIT}, {@code DeadlockIT}</tr>
 * <tr><td>an append under REPEATABLE READ<td>{@code WriteFaultIT}, {@code TransactionsIT}</tr>
 * <tr><td>a pool of one, exhausted, without autocommit<td>{@code PoolFaultIT}</tr>
 * <tr><td>a message that cannot be handled: exception, error, rollback only, under each failure policy<td>
 *     {@code PoisonFaultIT}, with a dead letter endpoint that is down too; the error handlers of Camel: {@code FailureIT}</tr>
 * <tr><td>an id that is there already, in the same stream or another one<td>{@code WriteFaultIT}, {@code IdempotencyIT}</tr>
 * <tr><td>an hour that goes by at once<td>{@code ClockFaultIT}; a clock that is set: {@code ArchitectureTest}, nobody
 *     asks for the time of day</tr>
 * <tr><td>a batch of 50,000, and one of which the last message is bad<td>{@code WriteFaultIT}, {@code WriteIT}</tr>
 * <tr><td>messages that are large, deep or odd<td>{@code LargeFaultIT}, {@code LargeMessagesIT}, {@code RefusalsIT}</tr>
 * <tr><td>a role that may not log in, execute or read any more, another password<td>{@code PrivilegeFaultIT};
 *     what is said of it: {@code RolesIT}</tr>
 * <tr><td>two of the same identity, a group of another size<td>{@code MemberFaultIT}, {@code OwnershipIT},
 *     {@code SeekAndResizeIT}, {@code ResizeTest}</tr>
 * <tr><td>gaps: rollbacks under many writers, a foreign advisory lock, a prepared transaction<td>{@code GapFaultIT},
 *     {@code AllIT}, {@code AllSourceIT}, {@code AllSourcePropertiesTest}</tr>
 * <tr><td>a backlog of 100,000 and a slow consumer<td>{@code BacklogFaultIT}</tr>
 * <tr><td>a program killed that consumes, or that writes<td>{@code JvmKillFaultIT}, {@code WriterKillFaultIT}</tr>
 * <tr><td>the postmaster killed<td>{@code ServerKillFaultIT}</tr>
 * <tr><td>a standby promoted, with and without the last messages; a server that is read-only<td>{@code FailoverFaultIT}</tr>
 * <tr><td>PgBouncer in transaction mode<td>{@code PgBouncerFaultIT}</tr>
 * <tr><td>a disk that is full<td>{@code DiskFullFaultIT}</tr>
 * <tr><td>all of these at once, and many messages<td>{@code Soak}, a program</tr>
 * </table>
 */
@NullMarked
package io.github.camelmessagedb.faults;

import org.jspecify.annotations.NullMarked;
