using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Replay.Histories;

/// <summary>One event of a transaction's life.</summary>
/// <param name="Seq">The event.</param>
/// <param name="Kind">What happened.</param>
/// <param name="State">The transaction's state after it.</param>
/// <param name="Time">When it was observed.</param>
/// <param name="Cause">The fact it was derived from; <see cref="GlobalSeq.None"/> when it is a fact itself.</param>
public readonly record struct LifeStep(GlobalSeq Seq, EventKind Kind, TxState State, UnixNanoseconds Time, GlobalSeq Cause);
