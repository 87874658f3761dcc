using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Transactions;

/// <summary>One event of a transaction's life.</summary>
/// <param name="Seq">The event.</param>
/// <param name="Kind">What happened.</param>
/// <param name="State">Where the transaction stood after it.</param>
/// <param name="Time">When it was observed.</param>
/// <param name="Cause">The fact it followed from; <see cref="GlobalSeq.None"/> when it is a fact itself.</param>
[GenerateSerializer, Immutable, Alias("mempulse.lifecycle-step")]
public sealed record LifecycleStep(
    [property: Id(0)] GlobalSeq Seq,
    [property: Id(1)] EventKind Kind,
    [property: Id(2)] TxState State,
    [property: Id(3)] UnixNanoseconds Time,
    [property: Id(4)] GlobalSeq Cause);
