using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Decoding;

/// <summary>How a function's decode has compared with the logs of the transactions that were included.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.decoder-report")]
public sealed record DecoderReport
{
    /// <summary>The contract; the zero account for contracts that are known by the selector alone.</summary>
    [Id(0)]
    public required Address Contract { get; init; }

    /// <summary>The ABI or command table that it is read by.</summary>
    [Id(1)]
    public required string Layout { get; init; }

    /// <summary>The function.</summary>
    [Id(2)]
    public required string Signature { get; init; }

    /// <summary>Trades whose tokens and amounts agree.</summary>
    [Id(3)]
    public ulong Agreed { get; init; }

    /// <summary>Trades of which less arrived, since a token keeps a share of each transfer.</summary>
    [Id(4)]
    public ulong FeeOnTransfer { get; init; }

    /// <summary>Trades that agree as far as they state anything.</summary>
    [Id(5)]
    public ulong Partial { get; init; }

    /// <summary>Trades that the logs contradict.</summary>
    [Id(6)]
    public ulong Disagreed { get; init; }

    /// <summary>Of these, the ones with an amount that was called exact.</summary>
    [Id(7)]
    public ulong CertainlyWrong { get; init; }

    /// <summary>Trades among the last 20 that the logs contradict.</summary>
    [Id(8)]
    public int RecentlyWrong { get; init; }

    /// <summary>True if fewer than 95 % of the last 20 agree.</summary>
    [Id(9)]
    public bool IsDrifting { get; init; }
}
