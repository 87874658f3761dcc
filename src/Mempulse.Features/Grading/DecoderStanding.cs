using Mempulse.Primitives;

namespace Mempulse.Features.Grading;

/// <summary>How a function's decode has compared with the logs of the transactions that were included.</summary>
public sealed record DecoderStanding
{
    /// <summary>Number of the newest calls that decide whether a function drifts.</summary>
    public const int Window = 20;

    /// <summary>A function drifts if fewer percent of these agree.</summary>
    public const int LeastPercent = 95;

    /// <summary>The contract; the zero account for contracts that are known by the selector alone.</summary>
    public required Address Contract { get; init; }

    /// <summary>The ABI or command table that it is read by.</summary>
    public required string Layout { get; init; }

    /// <summary>The function.</summary>
    public required string Signature { get; init; }

    /// <summary>Trades whose tokens and amounts agree.</summary>
    public ulong Agreed { get; init; }

    /// <summary>Trades of which less arrived, since a token keeps a share of each transfer.</summary>
    public ulong FeeOnTransfer { get; init; }

    /// <summary>Trades that agree as far as they state anything.</summary>
    public ulong Partial { get; init; }

    /// <summary>Trades that the logs contradict.</summary>
    public ulong Disagreed { get; init; }

    /// <summary>Of these, the ones with an amount that was called exact.</summary>
    public ulong CertainlyWrong { get; init; }

    /// <summary>Trades among the last <see cref="Window"/> that the logs contradict.</summary>
    public int RecentlyWrong { get; init; }

    /// <summary>True if its amounts are not to be relied on.</summary>
    public bool IsDrifting { get; init; }

    /// <summary>The function that was graded.</summary>
    public GradedFunction Function => new(Contract, Layout, Signature);

    /// <summary>All that were graded.</summary>
    public ulong Graded => Agreed + FeeOnTransfer + Partial + Disagreed;
}
