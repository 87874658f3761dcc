namespace Mempulse.Client.Decoding;

/// <summary>A function as it is decoded, and how that compared with the logs.</summary>
public sealed record DecoderPart
{
    /// <summary>The contract; null where contracts are known by the selector alone.</summary>
    public string? Contract { get; init; }

    /// <summary>The contract's name in the registry in force.</summary>
    public string? Name { get; init; }

    /// <summary>The ABI or command table that it is read by.</summary>
    public required string Layout { get; init; }

    /// <summary>The function.</summary>
    public required string Signature { get; init; }

    /// <summary>Trades that were graded.</summary>
    public required ulong Graded { get; init; }

    /// <summary>Trades whose tokens and amounts agree.</summary>
    public required ulong Agreed { get; init; }

    /// <summary>Trades of which less arrived, since a token keeps a share of each transfer.</summary>
    public required ulong FeeOnTransfer { get; init; }

    /// <summary>Trades that agree as far as they state anything.</summary>
    public required ulong Partial { get; init; }

    /// <summary>Trades that the logs contradict.</summary>
    public required ulong Disagreed { get; init; }

    /// <summary>Of these, the ones with an amount that was called exact.</summary>
    public required ulong CertainlyWrong { get; init; }

    /// <summary>Share of the graded trades that the logs do not contradict, in hundredths of a percent.</summary>
    public required int AccuracyBasisPoints { get; init; }

    /// <summary>Trades among the last 20 that the logs contradict.</summary>
    public required int RecentlyWrong { get; init; }

    /// <summary>True if fewer than 95 % of the last 20 agree: its amounts are not to be relied on.</summary>
    public required bool Drifting { get; init; }
}
