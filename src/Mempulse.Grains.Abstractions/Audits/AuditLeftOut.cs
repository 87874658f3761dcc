namespace Mempulse.Grains.Abstractions.Audits;

/// <summary>Waiting transactions that an audit does not expect in the block, by reason.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.audit-left-out")]
public sealed record AuditLeftOut
{
    /// <summary>Their fee cap is below the base fee.</summary>
    [Id(0)]
    public required int Underpriced { get; init; }

    /// <summary>Their tip is below every public tip in the block.</summary>
    [Id(1)]
    public required int BelowMargin { get; init; }

    /// <summary>They do not fit in the gas that was left and the gas of public transactions with lower tips.</summary>
    [Id(2)]
    public required int NoRoom { get; init; }

    /// <summary>A lower nonce is missing, or a transaction before them is not expected.</summary>
    [Id(3)]
    public required int NotExecutable { get; init; }

    /// <summary>They were announced after the slot began, or by no source.</summary>
    [Id(4)]
    public required int AfterSlot { get; init; }

    /// <summary>Only their hash is known.</summary>
    [Id(5)]
    public required int WithoutBody { get; init; }

    /// <summary>They left the pool of every source.</summary>
    [Id(6)]
    public required int Left { get; init; }

    /// <summary>They exceed the number that an audit keeps.</summary>
    [Id(7)]
    public required int BeyondLimit { get; init; }
}
