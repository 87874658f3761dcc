namespace Mempulse.Dashboard.Screens.Blocks;

/// <summary>A transaction, or a part of one, in a row of a gas grid. Shares are in hundredths of a percent of a row.</summary>
/// <param name="Row">The transaction.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="Width">How wide it is.</param>
/// <param name="IsFirst">False for the rest of one that began in the row before.</param>
internal sealed record GasCell(AuditRow Row, long Start, long Width, bool IsFirst)
{
    /// <summary>The width from which the sign of its class fits in.</summary>
    private const long GlyphFrom = 250;

    /// <summary>True if the sign of its class fits in.</summary>
    public bool HasGlyph => IsFirst && Width >= GlyphFrom;
}
