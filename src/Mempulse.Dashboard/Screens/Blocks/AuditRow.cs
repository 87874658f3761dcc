using Mempulse.Primitives.Audits;
using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Audits;

namespace Mempulse.Dashboard.Screens.Blocks;

/// <summary>An audited transaction on the screen.</summary>
internal sealed class AuditRow(AuditTx tx, int live)
{
    private const long NanosecondsPerMicrosecond = 1_000;

    /// <summary>A transaction uses at least this.</summary>
    private const ulong LeastGas = 21_000;

    /// <summary>The transaction.</summary>
    public AuditTx Tx { get; } = tx;

    /// <summary>Its hash in hex.</summary>
    public string Hash { get; } = tx.Hash.ToString();

    /// <summary>Its class.</summary>
    public AuditKind Kind { get; } = AuditKind.Of(tx);

    /// <summary>Gas that it used; its limit, or the least that is possible, while that is not on record.</summary>
    public ulong Gas => Tx.GasUsed?.Value ?? Tx.GasLimit?.Value ?? LeastGas;

    /// <summary>Its tip in gwei.</summary>
    public string Tip => Tx.Tip is { } tip ? Figures.Gwei(tip.Value) : Figures.NotApplicable;

    /// <summary>How long before the slot it was announced, and by how many: "41.2 s, 4 of 4".</summary>
    public string Heard => Tx.LeadMicros is { } lead
        ? $"{Times.Duration(lead * NanosecondsPerMicrosecond)}, {Tx.HeardBy} of {live}"
        : "by no source";

    /// <summary>What it says to a screen reader and on hover.</summary>
    public string Label => $"{Hashes.Short(Hash)}, {Kind.Name}, {Place}, tip {Tip} gwei, {Figures.Gas(Gas)} gas, heard {Heard}";

    /// <summary>Where it stands in both orders: "index 40, expected 38".</summary>
    public string Place => (Tx.Index, Tx.Rank) switch
    {
        ({ } index, { } rank) => $"index {index}, expected {rank}",
        ({ } index, null) => $"index {index}",
        (null, { } rank) => $"expected {rank}",
        _ => string.Empty,
    };

    /// <summary>Why it is weak, in words.</summary>
    public string Reasons => string.Join(", ", AuditNames.Of(Tx.Reasons).Select(static name => name.Replace('_', ' ')));
}
