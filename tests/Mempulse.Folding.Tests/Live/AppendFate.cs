namespace Mempulse.Folding.Tests.Live;

/// <summary>The outcome of an append in a test.</summary>
internal enum AppendFate
{
    /// <summary>Whatever the log decides.</summary>
    Appended,

    /// <summary>The log refuses it.</summary>
    Refused,

    /// <summary>The log accepts it, and its answer is lost.</summary>
    AnswerLost,

    /// <summary>It hangs until the test releases it.</summary>
    Hangs,
}
