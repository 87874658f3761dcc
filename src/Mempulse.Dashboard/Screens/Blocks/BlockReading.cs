using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Blocks;

/// <summary>What the screen of blocks shows of an answer.</summary>
internal sealed class BlockReading
{
    /// <summary>Prepares an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="problem">Why it has no audit, or that the audit is being derived, in a sentence; empty if it has one.</param>
    public BlockReading(AuditAnswer answer, string problem)
    {
        (Answer, Problem) = (answer, problem);
        Audit = answer.Audit;
        int live = Audit?.Sources.Count ?? 0;
        Rows = [.. (Audit?.Transactions ?? []).Select(tx => new AuditRow(tx, live))];
        Actual = [.. Rows.Where(static row => row.Tx.Index is not null)];
        Expected = [.. Rows.Where(static row => row.Tx.Rank is not null).OrderBy(static row => row.Tx.Rank)];
        (ActualGrid, ExpectedGrid) = (GasGrid.Of(Actual), GasGrid.Of(Expected));
    }

    /// <summary>The answer.</summary>
    public AuditAnswer Answer { get; }

    /// <summary>Why it has no audit, or that the audit is being derived, in a sentence; empty if it has one.</summary>
    public string Problem { get; }

    /// <summary>True while the audit is being derived from the log, or waits for other work: it is asked for again.</summary>
    public bool IsUnderWay { get; init; }

    /// <summary>The audit; null for a block without one.</summary>
    public AuditView? Audit { get; }

    /// <summary>All transactions.</summary>
    public IReadOnlyList<AuditRow> Rows { get; }

    /// <summary>Those of the block, in its order.</summary>
    public IReadOnlyList<AuditRow> Actual { get; }

    /// <summary>The expected ones, in their order.</summary>
    public IReadOnlyList<AuditRow> Expected { get; }

    /// <summary>Those of the block as rows of gas.</summary>
    public GasGrid ActualGrid { get; }

    /// <summary>The expected ones as rows of gas.</summary>
    public GasGrid ExpectedGrid { get; }

    /// <summary>The expected ones that the block does not have, by tip.</summary>
    public IEnumerable<AuditRow> Absent => Expected.Where(static row => row.Tx.Index is null);

    /// <summary>The blocks above it on the canonical chain; 0 for the head.</summary>
    public ulong Depth => Audit is { } audit && Answer.Head is { } head && head > audit.Number ? head.Value - audit.Number.Value : 0;

    /// <summary>Number of transactions of a kind.</summary>
    public int Count(AuditKind kind) => Audit?.Counts.Where(count => AuditKind.Of(count.Class, count.Strength) == kind).Sum(static count => count.Count) ?? 0;

    /// <summary>The canonical block this many blocks above this one, or below it if negative; null if its audit is not kept.</summary>
    public KeptAudit? At(int step) => Audit is { } audit
        ? Answer.Kept.FirstOrDefault(block => block.IsCanonical && (long)block.Number.Value == (long)audit.Number.Value + step)
        : null;

    /// <summary>Other blocks of the same height.</summary>
    public IEnumerable<KeptAudit> Siblings => Audit is { } audit ? Answer.Kept.Where(block => block.Number == audit.Number && block.Hash != audit.Hash) : [];

    /// <summary>The block that is shown while the address names none.</summary>
    public static AuditQuery Head { get; } = new(null, null, [], 0, AuditQuery.MaxTransactions);

    /// <summary>The question for a block of the address; null for what is neither a height nor a hash.</summary>
    public static AuditQuery? QueryOf(string? block) =>
        string.IsNullOrEmpty(block) || block == "head" ? Head
        : ulong.TryParse(block, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ulong number) ? Head with { Number = new BlockNumber(number) }
        : Hash256.TryParse(block, out var hash) ? Head with { Hash = hash }
        : null;
}
