namespace Mempulse.Primitives.Events;

/// <summary>What follows a record of receipts in the record after it, which continues it. The number is on disk.</summary>
public enum ReceiptsContinuation
{
    /// <summary>The record does not state it: it is older than this field.</summary>
    Unstated = 0,

    /// <summary>Nothing: the record has the block's last receipt, with its last log.</summary>
    Complete = 1,

    /// <summary>The receipts of the following transactions.</summary>
    Receipts = 2,

    /// <summary>Further logs of the record's last receipt, which the next record repeats without the logs before them.</summary>
    Logs = 3,
}
