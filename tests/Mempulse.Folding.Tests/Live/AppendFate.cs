namespace Mempulse.Folding.Tests.Live;

/// <summary>What becomes of an append.</summary>
internal enum AppendFate
{
    /// <summary>What the log makes of it.</summary>
    Appended,

    /// <summary>The log does not take it.</summary>
    Refused,

    /// <summary>The log takes it, and its answer does not arrive.</summary>
    AnswerLost,

    /// <summary>Nothing happens until the test releases it.</summary>
    Hangs,
}
