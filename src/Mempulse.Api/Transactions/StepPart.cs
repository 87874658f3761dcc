namespace Mempulse.Api.Transactions;

/// <summary>One event of a transaction's life.</summary>
/// <param name="Seq">The event.</param>
/// <param name="Type">What happened.</param>
/// <param name="Status">Where the transaction stood after it.</param>
/// <param name="Time">When it was observed.</param>
/// <param name="Cause">The fact it followed from; null when it is a fact itself.</param>
public sealed record StepPart(ulong Seq, string Type, string Status, string Time, ulong? Cause);
