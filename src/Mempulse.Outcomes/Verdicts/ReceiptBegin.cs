namespace Mempulse.Outcomes.Verdicts;

/// <summary>Whether the begin of a receipt is in a record.</summary>
internal enum ReceiptBegin
{
    /// <summary>It is.</summary>
    Whole = 0,

    /// <summary>It was in the record before, which this one continues.</summary>
    Continues = 1,

    /// <summary>It may have been in a record that is not known here: the logs may not be all.</summary>
    Unknown = 2,
}
