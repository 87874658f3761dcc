namespace Mempulse.Primitives.Events;

/// <summary>What a receipt says about the execution of a transaction. The number is in checkpoints; on disk see <see cref="Encoding.IFieldWriter.Ternary"/>.</summary>
public enum ExecutionOutcome
{
    /// <summary>The receipt is not known, or has no status: receipts before Byzantium have none.</summary>
    Unknown = 0,

    /// <summary>Status 1.</summary>
    Succeeded = 1,

    /// <summary>Status 0: it paid for its gas and changed nothing else.</summary>
    Reverted = 2,
}
