namespace Mempulse.Client.Audits;

/// <summary>Waiting transactions that an audit does not expect in the block, by reason.</summary>
public sealed record NotExpectedPart
{
    /// <summary>Their fee cap is below the base fee.</summary>
    public required int Underpriced { get; init; }

    /// <summary>Their tip is below every public tip in the block.</summary>
    public required int BelowMargin { get; init; }

    /// <summary>They do not fit in the gas that was left and the gas of public transactions with lower tips.</summary>
    public required int NoRoom { get; init; }

    /// <summary>A lower nonce is missing, or a transaction before them is not expected.</summary>
    public required int NotExecutable { get; init; }

    /// <summary>They were announced after the slot began, or by no source.</summary>
    public required int AfterSlot { get; init; }

    /// <summary>Only their hash is known.</summary>
    public required int WithoutBody { get; init; }

    /// <summary>They left the pool of every source.</summary>
    public required int Left { get; init; }

    /// <summary>They exceed the number that an audit keeps.</summary>
    public required int BeyondLimit { get; init; }
}
