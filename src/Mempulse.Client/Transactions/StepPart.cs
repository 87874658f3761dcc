namespace Mempulse.Client.Transactions;

/// <summary>One event of a transaction's history.</summary>
/// <param name="Seq">The position of the event.</param>
/// <param name="Type">The kind of event.</param>
/// <param name="Status">The status of the transaction after it.</param>
/// <param name="Time">When it was observed.</param>
/// <param name="Cause">The position of the fact it was derived from; null for a fact.</param>
public sealed record StepPart(ulong Seq, string Type, string Status, string Time, ulong? Cause);
